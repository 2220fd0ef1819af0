import type { LlamaContextSequence, Token } from 'node-llama-cpp';

/** The sequences of one context. Each keeps what it read last, so that the next prompt with the same beginning need not be read again. */
export class SequencePool {
  readonly #size: number;
  readonly #free: LlamaContextSequence[];
  readonly #waiting: { give: (sequence: LlamaContextSequence) => void }[] = [];

  constructor(sequences: readonly LlamaContextSequence[]) {
    this.#size = sequences.length;
    this.#free = [...sequences];
  }

  get inUse(): number {
    return this.#size - this.#free.length;
  }

  /** Lends the free sequence that shares most with the tokens; waits while none is free, or the signal aborts. */
  async use<Result>(
    tokens: Token[],
    signal: AbortSignal,
    work: (sequence: LlamaContextSequence) => Promise<Result>,
  ): Promise<Result> {
    const sequence = await this.#take(tokens, signal);
    try {
      return await work(sequence);
    } finally {
      this.#giveBack(sequence);
    }
  }

  #take(tokens: Token[], signal: AbortSignal): Promise<LlamaContextSequence> {
    signal.throwIfAborted();
    const best = mostShared(this.#free, (sequence) => shared(sequence, tokens));
    if (best !== undefined) {
      this.#free.splice(this.#free.indexOf(best), 1);
      return Promise.resolve(best);
    }
    return new Promise((resolve, reject) => {
      const entry = { give: resolve };
      this.#waiting.push(entry);
      signal.addEventListener('abort', () => {
        const index = this.#waiting.indexOf(entry);
        if (index === -1) return;
        this.#waiting.splice(index, 1);
        reject(signal.reason);
      });
    });
  }

  /** Those that wait are served in their order: whoever keeps beginnings together asks in that order. */
  #giveBack(sequence: LlamaContextSequence): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(sequence);
    else next.give(sequence);
  }
}

const shared = (sequence: LlamaContextSequence, tokens: Token[]): number =>
  sequence.compareContextTokens(tokens).firstDifferentIndex;

function mostShared<Item>(items: readonly Item[], measure: (item: Item) => number): Item | undefined {
  let best: { item: Item; value: number } | undefined;
  for (const item of items) {
    const value = measure(item);
    if (best === undefined || value > best.value) best = { item, value };
  }
  return best?.item;
}
