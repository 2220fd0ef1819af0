import {
  getLlama,
  type Llama,
  type LlamaContext,
  type LlamaEmbeddingContext,
  LlamaLogLevel,
  type LlamaModel,
} from 'node-llama-cpp';
import type { FailureCode } from '../../../domain/completion.ts';
import { bytesFor, inMegabytes, type LoadPlan, type ModelShape, planLoad } from '../memory.ts';
import type { CompleteCall, WorkerAnswer } from '../protocol.ts';
import { grammarFor } from './answer-grammar.ts';
import { type ChatTemplate, chatTemplateOf } from './chat-template.ts';
import { generate } from './generate.ts';
import { readHeader, shapeOf } from './model-header.ts';
import { SequencePool } from './sequence-pool.ts';

/** Why a call gave no answer. */
export class CallFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Longest answer where the prompt says nothing of it. */
const defaultMaxTokens = 512;
/** Tokens that are computed at once, of all calls together: few enough that a call can be cancelled meanwhile. */
const batchSize = 64;

type Parts = { llama: Llama; model: LlamaModel; template: ChatTemplate; shape: ModelShape; plan: LoadPlan };

/** One loaded model, which answers several calls side by side. */
export class Engine {
  readonly #name: string;
  readonly #parts: Parts;
  readonly #threads: number;
  readonly #sideBySide: SequencePool;
  /** For what is too long to run side by side; made when it is first needed. */
  #alone: Promise<SequencePool> | null = null;
  #embedding: Promise<LlamaEmbeddingContext> | null = null;

  private constructor(name: string, parts: Parts, threads: number, sideBySide: SequencePool) {
    this.#name = name;
    this.#parts = parts;
    this.#threads = threads;
    this.#sideBySide = sideBySide;
  }

  /** Throws `CallFailure` where the file is no model or does not fit into memory. */
  static async load(name: string, path: string): Promise<Engine> {
    const header = await readHeader(path).catch((cause: unknown) => {
      throw new CallFailure('model_not_found', `${path} can't be read as a GGUF model. Fetch it again.`, { cause });
    });
    const shape = await shapeOf(path, header);
    const plan = planLoad(shape, freeBytes());
    if (!plan.fits) throw tooLarge(name, plan.memoryBytes);
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      logLevel: LlamaLogLevel.error,
      maxThreads: 0,
    });
    const threads = threadsOf(llama);
    const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
    const parts = { llama, model, template: chatTemplateOf(model), shape, plan };
    const pool = await openPool(model, plan, threads).catch(async (cause: unknown) => {
      await model.dispose();
      throw cause;
    });
    return new Engine(name, parts, threads, pool);
  }

  /** Rejects with `CallFailure`, or with the signal's reason when aborted. */
  async complete(
    call: CompleteCall,
    signal: AbortSignal,
    onText: ((text: string) => void) | null,
  ): Promise<WorkerAnswer> {
    const { llama, template, plan, shape } = this.#parts;
    const { tokens, midLine } = template(call.messages);
    const { maxTokens } = call.parameters;
    const room = shape.contextTokens - tokens.length;
    if (room < (maxTokens ?? 1)) throw tooLong(this.#name, tokens.length, maxTokens, shape.contextTokens);
    const mostTokens = Math.min(maxTokens ?? defaultMaxTokens, room);
    const pool = tokens.length + mostTokens <= plan.contextTokens ? this.#sideBySide : await this.#openAlone();
    const grammar = grammarFor(llama, call.responseFormat, midLine);
    return pool.use(tokens, signal, (sequence) =>
      generate(sequence, {
        call,
        tokens,
        grammar,
        mostTokens,
        signal,
        onText,
        // What is asked of the library can't be taken back: no call asks for more than its part of a batch.
        tokensAtOnce: () => Math.max(1, Math.floor(batchSize / pool.inUse)),
      }),
    );
  }

  /** A vector of length 1 for each text. */
  async embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const { model } = this.#parts;
    const context = await this.#openEmbedding();
    const vectors: number[][] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      const length = model.tokenize(text).length;
      if (length + 2 > this.#embeddingTokens) throw tooLong(this.#name, length, undefined, this.#embeddingTokens);
      vectors.push(unitVector((await context.getEmbeddingFor(text)).vector));
    }
    return vectors;
  }

  get #embeddingTokens(): number {
    return Math.min(2048, this.#parts.shape.contextTokens);
  }

  #openEmbedding(): Promise<LlamaEmbeddingContext> {
    this.#embedding ??= this.#parts.model.createEmbeddingContext({
      contextSize: this.#embeddingTokens,
      batchSize: this.#embeddingTokens,
      threads: this.#threads,
    });
    return this.#embedding;
  }

  #openAlone(): Promise<SequencePool> {
    const { model, shape } = this.#parts;
    this.#alone ??= (async () => {
      const context = { sequences: 1, contextTokens: shape.contextTokens };
      const memoryBytes = bytesFor({ ...shape, fileBytes: 0, vocabulary: 0 }, context);
      if (memoryBytes > freeBytes()) throw tooLarge(`${this.#name} with its whole context`, memoryBytes);
      return openPool(model, context, this.#threads);
    })();
    this.#alone.catch(() => {
      // Whoever asked is told; the next one tries again.
      this.#alone = null;
    });
    return this.#alone;
  }
}

/** One core stays free: with every core taken, threads that wait for each other make it many times slower as soon as anything else runs. */
export const threadsOf = ({ cpuMathCores }: Llama): number => Math.max(1, cpuMathCores - 1);

async function openPool(
  model: LlamaModel,
  { sequences, contextTokens }: Pick<LoadPlan, 'sequences' | 'contextTokens'>,
  threads: number,
): Promise<SequencePool> {
  const context: LlamaContext = await model.createContext({
    sequences,
    contextSize: contextTokens,
    batchSize,
    threads,
    // With it, an answer depends on what else is in the batch.
    flashAttention: false,
    // A model with a sliding window could not go back to a shared beginning without.
    swaFullCache: true,
    ignoreMemorySafetyChecks: true,
  });
  return new SequencePool(Array.from({ length: sequences }, () => context.getSequence()));
}

/** What the machine, or the container, has left; a little stays for the others. */
const freeBytes = (): number => process.availableMemory() * 0.9;

function unitVector(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? [...vector] : vector.map((value) => value / length);
}

const tooLarge = (what: string, memoryBytes: number) =>
  new CallFailure(
    'not_enough_memory',
    `Loading ${what} takes about ${inMegabytes(memoryBytes)}, and ${inMegabytes(freeBytes())} are free. Close other programs, or choose a smaller model.`,
  );

const tooLong = (name: string, prompt: number, answer: number | undefined, context: number) =>
  new CallFailure(
    'too_long',
    `This prompt has ${prompt} tokens${answer === undefined ? '' : ` and its answer may have ${answer}`}; ${name} holds ${context} in all. Shorten the prompt${answer === undefined ? '' : ' or the answer'}, or choose a model with a longer context.`,
  );
