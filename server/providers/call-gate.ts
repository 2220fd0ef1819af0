import {
  type PaceWait,
  type RateLimits,
  RequestPacer,
  type ServerAllowances,
  type StartedCall,
} from '../domain/request-pacer.ts';

type Waiting = { tokens: number; admit: (call: StartedCall) => void; held: (wait: PaceWait) => void };

/** A clock that is set back must not hold calls for as long: it is looked at again. */
const LONGEST_TIMER_MS = 60_000;

/** Lets the calls of a connection start as its limits allow, those that came first before the others, whichever run they are of. */
export class CallGate {
  readonly #pacer = new RequestPacer();
  readonly #queue: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  set limits(limits: RateLimits) {
    const { requestsPerMinute, tokensPerMinute } = this.#pacer.limits;
    if (requestsPerMinute === limits.requestsPerMinute && tokensPerMinute === limits.tokensPerMinute) return;
    this.#pacer.limits = limits;
    this.#admit();
  }

  /** Resolves when a call of about so many tokens may start, with null when it was ended first. `held` is told why it does not start at once. */
  enter(tokens: number, ended: AbortSignal, held: (wait: PaceWait) => void): Promise<StartedCall | null> | StartedCall {
    const now = Date.now();
    if (this.#queue.length === 0 && this.#pacer.wait(tokens, now) === null) return this.#pacer.start(tokens, now);
    return new Promise((resolve) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        resolve(null);
        this.#admit();
      };
      const waiting: Waiting = {
        tokens,
        held,
        admit(call) {
          ended.removeEventListener('abort', leave);
          resolve(call);
        },
      };
      if (ended.aborted) return resolve(null);
      ended.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
      this.#admit();
    });
  }

  /** A call came to its end; `tokens` where it is known what it took. */
  leave(call: StartedCall, tokens: number | null): void {
    this.#pacer.finish(call, tokens);
    if (this.#queue.length > 0) this.#admit();
  }

  /** What the server said of its limits when it answered a call. */
  learn(allowances: ServerAllowances, replied: StartedCall | null): void {
    this.#pacer.learn(allowances, Date.now(), replied);
  }

  #admit(): void {
    clearTimeout(this.#timer);
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      const now = Date.now();
      const wait = this.#pacer.wait(first.tokens, now);
      if (wait !== null) {
        first.held(wait);
        // A timer may fire up to a millisecond before the clock says so, and would be told to wait once more.
        this.#timer = setTimeout(() => this.#admit(), Math.min(wait.ms + 1, LONGEST_TIMER_MS));
        return;
      }
      this.#queue.shift();
      first.admit(this.#pacer.start(first.tokens, now));
    }
  }
}
