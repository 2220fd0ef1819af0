import { stat } from 'node:fs/promises';
import { type GgufFileInfo, readGgufFileInfo } from 'node-llama-cpp';
import { type ModelShape, planLoad } from '../memory.ts';
import type { Inspection } from '../protocol.ts';

/** Throws where the file is no GGUF file. */
export async function readHeader(path: string): Promise<GgufFileInfo> {
  return readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
}

/** Two bytes for each number of the keys and values that attention keeps of a token. */
export async function shapeOf(path: string, header: GgufFileInfo): Promise<ModelShape> {
  const about = header.architectureMetadata;
  const headCount = about.attention?.head_count ?? 1;
  // One number for all layers, or in some models one for each.
  const keyValueHeads = [about.attention?.head_count_kv ?? headCount].flat();
  const headsInAllLayers =
    keyValueHeads.reduce((sum, count) => sum + count, 0) * (keyValueHeads.length > 1 ? 1 : (about.block_count ?? 1));
  const width = (about.embedding_length ?? 0) / headCount;
  const keyAndValue = (about.attention?.key_length ?? width) + (about.attention?.value_length ?? width);
  return {
    fileBytes: (await stat(path)).size,
    bytesPerToken: headsInAllLayers * keyAndValue * 2,
    contextTokens: about.context_length ?? 2048,
    vocabulary: header.metadata.tokenizer?.ggml?.tokens?.length ?? 0,
  };
}

export async function inspect(path: string): Promise<Inspection> {
  const header = await readHeader(path);
  const shape = await shapeOf(path, header);
  const { general } = header.metadata;
  return {
    architecture: general.architecture,
    title: general.name ?? null,
    licence: general.license ?? null,
    parameters: parametersFrom(general.size_label),
    contextTokens: header.architectureMetadata.context_length ?? null,
    memoryBytes: planLoad(shape, Number.POSITIVE_INFINITY).memoryBytes,
  };
}

/** "135M" is 135 million; a mixture such as "8x7B" counts all of its experts. */
export function parametersFrom(label: string | undefined): number | null {
  const found = /^(?:(\d+)x)?([\d.]+)([KMBT])$/i.exec(label ?? '');
  if (found === null) return null;
  const [, experts = '1', count = '', unit = ''] = found;
  return Math.round(Number(experts) * Number(count) * (unitSizes[unit.toUpperCase()] ?? 1));
}

const unitSizes: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
