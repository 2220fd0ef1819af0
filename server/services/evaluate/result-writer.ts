import type { RunId, ScoringId } from '../../domain/ids.ts';
import type { FinishedItem } from '../../storage/result-row.ts';
import type { ResultStore } from '../../storage/result-store.ts';

type Waiting = { item: FinishedItem; stored: () => void; failed: (reason: unknown) => void };

/** Stores results in the order they finish: those that come in while one transaction is written go into the next one together. */
export class ResultWriter {
  readonly #results: ResultStore;
  readonly #run: RunId;
  readonly #owner: string;
  readonly #scoring: ScoringId;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(results: ResultStore, run: RunId, owner: string, scoring: ScoringId) {
    this.#results = results;
    this.#run = run;
    this.#owner = owner;
    this.#scoring = scoring;
  }

  /** Resolves once the item is stored. */
  add(item: FinishedItem): Promise<void> {
    return new Promise((stored, failed) => {
      this.#waiting.push({ item, stored, failed });
      if (!this.#writing) {
        this.#writing = true;
        setImmediate(() => this.#write());
      }
    });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#results.add(
          this.#run,
          this.#owner,
          this.#scoring,
          batch.map(({ item }) => item),
        );
        for (const { stored } of batch) stored();
      } catch (reason) {
        for (const { failed } of batch) failed(reason);
      }
    }
    this.#writing = false;
  }
}
