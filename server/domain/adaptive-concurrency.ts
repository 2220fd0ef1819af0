/**
 * How many calls may be under way: starts at the most allowed, halves when the server says "too many requests" and grows by one each time
 * that as many calls as the limit have succeeded (additive increase, multiplicative decrease, as in TCP: Jacobson, 1988).
 * Instants are in ms; the clock is the caller's.
 */
export class AdaptiveConcurrency {
  readonly #most: number;
  #limit: number;
  #successes = 0;
  #notBefore = 0;
  #lastCut = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  get limit(): number {
    return this.#limit;
  }

  /** No call should start before this instant. */
  get notBefore(): number {
    return this.#notBefore;
  }

  succeeded(): void {
    this.#successes += 1;
    if (this.#successes < this.#limit || this.#limit === this.#most) return;
    this.#limit += 1;
    this.#successes = 0;
  }

  /** A call that began at `startedAt` was refused. Calls that began before the last cut tell nothing new, and cut no further. True when it cut. */
  throttled(startedAt: number, now: number, retryAfterMs: number | null): boolean {
    this.#notBefore = Math.max(this.#notBefore, now + (retryAfterMs ?? 0));
    if (startedAt <= this.#lastCut) return false;
    this.#lastCut = now;
    this.#successes = 0;
    const before = this.#limit;
    this.#limit = Math.max(1, Math.floor(before / 2));
    return this.#limit < before;
  }
}
