import type { Completion, CompletionRequest } from '../domain/completion.ts';
import { WhetstoneError } from '../domain/errors.ts';
import type { LocalModel } from '../domain/local-model.ts';
import { toolsLeftOut } from '../domain/prompt.ts';
import { estimateAllTokens } from '../domain/tokens.ts';
import { standardModel } from './local/catalogue.ts';
import { jsonGrammar } from './local/json-grammar.ts';
import type { LocalModelFiles, ModelFile } from './local/model-files.ts';
import { ModelProcess } from './local/model-process.ts';
import { type CompleteOptions, type Provider, ProviderError } from './provider.ts';

/**
 * `local/…`: models from files on this machine, each in a process of its own that several calls share. Labels and JSON are held to by a grammar;
 * where the last message is the assistant's, the answer goes on from there. Without a temperature it is 0.
 */
export function createLocalProvider(files: Pick<LocalModelFiles, 'list' | 'find'>): Provider & { close(): void } {
  const processes = new Map<string, ModelProcess>();
  const processOf = async (name: string): Promise<{ file: ModelFile; process: ModelProcess }> => {
    const file = await files.find(name).catch(unusable);
    if (file === null)
      throw notHere(
        name,
        (await files.list().catch(unusable)).find((model) => model.name === name),
      );
    // A file that was replaced is another model.
    const key = `${file.path}\n${file.sha256}`;
    const process = processes.get(key) ?? new ModelProcess({ name: `local/${name}`, path: file.path });
    processes.set(key, process);
    return { file, process };
  };
  const models = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    const ready = (await files.list().catch(unusable))
      .filter(({ state }) => state.type === 'ready')
      .map(({ name }) => name);
    // Listed also while its file is not here.
    return [standardModel, ...ready.filter((name) => name !== standardModel)];
  };
  return {
    connection: 'local',
    destination: 'in_process',
    standIn: false,
    models,
    // Each gives the vectors that it works with.
    embeddingModels: models,
    async facts(name) {
      const model = (await files.list()).find((one) => one.name === name);
      if (model === undefined) return null;
      const { licence, parameters, contextTokens } = model;
      return { weights: 'open', licence, parameters, contextTokens };
    },
    async revision(name) {
      return (await files.find(name))?.sha256 ?? '';
    },
    async complete(request, options) {
      options.signal.throwIfAborted();
      return complete(await processOf(request.model), request, options);
    },
    async embed(name, texts, { signal }) {
      const { process } = await processOf(name);
      const report = await process.ask({ type: 'embed', texts }, signal);
      if (report.type !== 'embedded') return unexpected(report.type);
      return { vectors: report.vectors, inputTokens: estimateAllTokens(texts) };
    },
    close() {
      for (const process of processes.values()) process.close();
    },
  };
}

async function complete(
  { file, process }: { file: ModelFile; process: ModelProcess },
  { messages, parameters, responseFormat }: CompletionRequest,
  { signal, onText }: CompleteOptions,
): Promise<Completion> {
  const call = { type: 'complete' as const, messages, parameters, responseFormat, stream: onText !== undefined };
  const report = await process.ask(call, signal, onText);
  if (report.type !== 'completed') return unexpected(report.type);
  const { output, finishReason, confidence, inputTokens, outputTokens, cachedInputTokens } = report.answer;
  const unenforced = responseFormat.type === 'json' ? jsonGrammar(responseFormat.schema).unenforced : [];
  return {
    output,
    finishReason,
    confidence,
    usage: { inputTokens, outputTokens, cachedInputTokens },
    // Another file under the same name is another model: the digest tells them apart in a run's record.
    servedModel: `${file.name}@sha256:${file.sha256.slice(0, 12)}`,
    notes: [
      ...toolsLeftOut({ parameters }),
      ...(unenforced.length === 0
        ? []
        : [
            `The answer is not held to these keywords of the schema: ${unenforced.join(', ')}. The scorer checks them.`,
          ]),
    ],
  };
}

/** What is known of the file says more than that it is not here. */
function notHere(name: string, model: LocalModel | undefined): ProviderError {
  const message =
    model?.state.type === 'failed'
      ? model.state.reason
      : `The file of local/${name} is not on this machine. Fetch it on the Models page or with "whetstone model pull ${name}", or add a file of yours with "whetstone model add PATH".`;
  return new ProviderError({ code: 'model_not_found', message }, { retryable: false });
}

/** What keeps all files from being used, such as a damaged list of them. */
function unusable(cause: unknown): never {
  if (!(cause instanceof WhetstoneError)) throw cause;
  throw new ProviderError({ code: 'unreachable', message: cause.message }, { retryable: false, cause });
}

function unexpected(type: string): never {
  throw new Error(`the process of a model answered with "${type}"`);
}
