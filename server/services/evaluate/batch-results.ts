import type { RunSummary } from '../../domain/run.ts';
import { RunTally } from '../../domain/run-tally.ts';
import type { Outcome } from '../../domain/scorer.ts';
import type { Split } from '../../domain/split.ts';
import type { FinishedItem } from '../../storage/result-row.ts';
import type { Stores } from '../../storage/stores.ts';
import { ResultWriter } from './result-writer.ts';
import { RunBudget } from './run-budget.ts';
import type { RunWork } from './run-work.ts';

/** Where the results of a run in batches go: they are stored, counted, and what they cost is learnt. */
export class BatchResults {
  readonly budget: RunBudget;
  readonly #stores: Stores;
  readonly #work: RunWork;
  readonly #writer: ResultWriter;
  readonly #tally: RunTally;
  readonly #note: (text: string) => void;
  readonly #notes = new Set<string>();
  #servedModel: string | null;

  constructor(stores: Stores, work: RunWork, owner: string, start: RunSummary, note: (text: string) => void) {
    const { run } = work;
    this.#stores = stores;
    this.#work = work;
    this.#writer = new ResultWriter(stores.results, run.id, owner, work.scoring);
    this.#tally = new RunTally(start, run.settings);
    this.budget = new RunBudget(run.settings.maxCostUsd);
    this.#servedModel = run.servedModel;
    this.#note = note;
  }

  get costUsd(): number {
    return this.#tally.costUsd;
  }

  summary(wallMs: number): RunSummary {
    return this.#tally.summary(wallMs);
  }

  /** Resolves once it is stored. */
  async add(about: { split: Split; replaces: Outcome | 'error' | null }, finished: FinishedItem): Promise<void> {
    await this.#writer.add(finished);
    const { result, judgement } = finished;
    this.budget.learn({ result, judgement });
    this.#tally.add({ ...result, judgement, ...about });
    if (result.type === 'error') return;
    for (const note of result.reply.notes) this.noteOnce(note);
    if (this.#servedModel !== null || result.reply.servedModel === null) return;
    this.#servedModel = result.reply.servedModel;
    await this.#stores.runs.setServedModel(this.#work.run.id, this.#servedModel);
  }

  noteOnce(text: string): void {
    if (this.#notes.has(text)) return;
    this.#notes.add(text);
    this.#note(text);
  }
}
