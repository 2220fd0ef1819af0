import type { RepeatOutcome } from './comparison.ts';
import { anytimeInterval, isExcluded } from './confidence-sequence.ts';
import type { Interval } from './interval.ts';

/** `met`: the rate lies above the target; `missed`: below it. */
export type StoppingDecision = 'met' | 'missed' | 'continue';

/**
 * Watches a run whose cases are asked in random order, and says when its pass rate clearly meets or misses a target. The chance of ever
 * saying so wrongly is at most 5 %, however often it is asked.
 *
 * Outcomes may arrive in any order, but count only in that of the plan: of calls side by side the fast ones, which may pass more often, come
 * first. A decision stays; outcomes that were still under way then count on. A case with an error counts for neither side.
 */
export class StoppingWatch {
  readonly #target: number;
  /** Outcomes that came before one that stands earlier in the plan: no more than calls are under way. */
  readonly #early = new Map<number, RepeatOutcome>();
  #next = 0;
  #passed = 0;
  #n = 0;
  #decision: StoppingDecision = 'continue';

  constructor(target: number) {
    if (!(target >= 0 && target <= 1)) throw new RangeError(`a target lies between 0 and 1, not at ${target}`);
    this.#target = target;
  }

  /** Takes the outcome of the case at this place in the random order, from 0, and says what all so far decide. */
  add(place: number, outcome: RepeatOutcome): StoppingDecision {
    if (place >= this.#next) this.#early.set(place, outcome);
    for (let next = this.#take(); next !== undefined; next = this.#take()) this.#count(next);
    return this.#decision;
  }

  /** Where it stands: what was decided, over how many cases, and the interval that holds at any time. */
  get state(): { decision: StoppingDecision; passed: number; n: number; interval: Interval } {
    const [passed, n] = [this.#passed, this.#n];
    return { decision: this.#decision, passed, n, interval: anytimeInterval(passed, n) };
  }

  #take(): RepeatOutcome | undefined {
    const outcome = this.#early.get(this.#next);
    if (outcome === undefined) return undefined;
    this.#early.delete(this.#next++);
    return outcome;
  }

  #count(outcome: RepeatOutcome): void {
    if (outcome === 'error') return;
    this.#n += 1;
    if (outcome === 'passed') this.#passed += 1;
    if (this.#decision === 'continue' && isExcluded(this.#target, this.#passed, this.#n))
      this.#decision = this.#passed > this.#target * this.#n ? 'met' : 'missed';
  }
}
