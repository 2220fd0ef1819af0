/** What a person allows a connection in a minute; null where there is no limit. */
export type RateLimits = { requestsPerMinute: number | null; tokensPerMinute: number | null };
export const noRateLimits: RateLimits = { requestsPerMinute: null, tokensPerMinute: null };

/** What a server says of one of its limits: how much of it is left, and in how long it is whole again. */
export type ServerAllowance = { limit: number | null; remaining: number; resetMs: number };
export type ServerAllowances = { requests: ServerAllowance | null; tokens: ServerAllowance | null };

type Counted = 'requests' | 'tokens';
/** A call that was let start; its tokens are estimated until it ends. */
export type StartedCall = { readonly at: number; tokens: number };
/** Why a call may not start yet, and for how long. */
export type PaceWait = { ms: number; limit: { kind: Counted; amount: number | null; saidBy: 'settings' | 'server' } };

const minuteMs = 60_000;

/**
 * When the next call of a connection may start: never more requests or tokens begun in any minute than the settings allow, and none that the server said
 * it has nothing left for. A call of more tokens than a minute allows starts when no other is within its minute. Instants are in ms; the clock is the caller's.
 */
export class RequestPacer {
  limits: RateLimits = noRateLimits;
  /** Calls of the last minute, oldest first, from `#from` on; kept only where there is a limit. */
  #started: StartedCall[] = [];
  #from = 0;
  #inFlight = { requests: 0, tokens: 0 };
  readonly #left: Record<Counted, { amount: number | null; remaining: number; resetAt: number } | null> = {
    requests: null,
    tokens: null,
  };

  /** Null where a call of so many tokens may start now. */
  wait(tokens: number, now: number): PaceWait | null {
    const waits = [
      ...this.#ownWaits(tokens, now),
      ...this.#serverWaits('requests', 1, now),
      ...this.#serverWaits('tokens', tokens, now),
    ];
    return waits.reduce<PaceWait | null>((longest, wait) => (wait.ms > (longest?.ms ?? 0) ? wait : longest), null);
  }

  start(tokens: number, now: number): StartedCall {
    const call = { at: now, tokens };
    if (this.limits.requestsPerMinute !== null || this.limits.tokensPerMinute !== null) this.#started.push(call);
    this.#inFlight.requests += 1;
    this.#inFlight.tokens += tokens;
    if (this.#left.requests !== null) this.#left.requests.remaining -= 1;
    if (this.#left.tokens !== null) this.#left.tokens.remaining -= tokens;
    return call;
  }

  /** The call came to its end; `tokens` where it is known what it took. */
  finish(call: StartedCall, tokens: number | null): void {
    this.#inFlight.requests -= 1;
    this.#inFlight.tokens -= call.tokens;
    if (tokens !== null) call.tokens = tokens;
  }

  /** What a reply said. Which of the other calls under way it counts already can't be known, so each is taken as still to come. */
  learn(allowances: ServerAllowances, now: number, replied: StartedCall | null): void {
    for (const kind of ['requests', 'tokens'] as const) {
      const said = allowances[kind];
      if (said === null) continue;
      const own = replied === null ? 0 : kind === 'requests' ? 1 : replied.tokens;
      const toCome = Math.max(0, this.#inFlight[kind] - own);
      this.#left[kind] = { amount: said.limit, remaining: said.remaining - toCome, resetAt: now + said.resetMs };
    }
  }

  #ownWaits(tokens: number, now: number): PaceWait[] {
    this.#forget(now - minuteMs);
    const { requestsPerMinute, tokensPerMinute } = this.limits;
    const waits: PaceWait[] = [];
    const count = this.#started.length - this.#from;
    const expiry = (index: number) => (this.#started[index]?.at ?? now) + minuteMs - now;
    if (requestsPerMinute !== null && count >= requestsPerMinute) {
      const ms = expiry(this.#started.length - requestsPerMinute);
      waits.push({ ms, limit: { kind: 'requests', amount: requestsPerMinute, saidBy: 'settings' } });
    }
    if (tokensPerMinute !== null) {
      let within = tokens;
      let first = this.#started.length;
      // Newest first: what still fits beside this call; the one that does not has to be out of the minute.
      while (first > this.#from && within + (this.#started[first - 1]?.tokens ?? 0) <= tokensPerMinute) {
        first -= 1;
        within += this.#started[first]?.tokens ?? 0;
      }
      if (first > this.#from) {
        waits.push({
          ms: expiry(first - 1),
          limit: { kind: 'tokens', amount: tokensPerMinute, saidBy: 'settings' },
        });
      }
    }
    return waits;
  }

  #serverWaits(kind: Counted, needed: number, now: number): PaceWait[] {
    const left = this.#left[kind];
    if (left === null) return [];
    if (now >= left.resetAt) {
      this.#left[kind] = null;
      return [];
    }
    if (left.remaining >= needed) return [];
    return [{ ms: left.resetAt - now, limit: { kind, amount: left.amount, saidBy: 'server' } }];
  }

  /** Drops what began at or before an instant; the list is cut only now and then. */
  #forget(until: number): void {
    while (this.#from < this.#started.length && (this.#started[this.#from]?.at ?? 0) <= until) this.#from += 1;
    if (this.#from > 1000 && this.#from * 2 > this.#started.length) {
      this.#started = this.#started.slice(this.#from);
      this.#from = 0;
    }
  }
}
