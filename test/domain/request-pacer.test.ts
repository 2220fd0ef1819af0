import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noRateLimits, RequestPacer, type StartedCall } from '../../server/domain/request-pacer.ts';

const minute = 60_000;
const limited = (requestsPerMinute: number | null, tokensPerMinute: number | null) => {
  const pacer = new RequestPacer();
  pacer.limits = { requestsPerMinute, tokensPerMinute };
  return pacer;
};

/** Starts calls one after another, each as soon as it may, and says when. */
function startAll(pacer: RequestPacer, calls: readonly { pause: number; tokens: number; took?: number }[]) {
  const started: StartedCall[] = [];
  let now = 0;
  for (const { pause, tokens, took } of calls) {
    now += pause;
    for (let wait = pacer.wait(tokens, now); wait !== null; wait = pacer.wait(tokens, now)) now += wait.ms;
    const call = pacer.start(tokens, now);
    pacer.finish(call, took ?? null);
    started.push(call);
  }
  return started;
}

const calls = (most: number) =>
  fc.array(fc.record({ pause: fc.nat(20_000), tokens: fc.integer({ min: 1, max: most }) }), { maxLength: 60 });

describe('RequestPacer', () => {
  it('starts no more than the limits allow in any minute', () => {
    const limits = fc.record({ requests: fc.integer({ min: 1, max: 10 }), tokens: fc.integer({ min: 50, max: 400 }) });
    fc.assert(
      fc.property(limits, calls(50), ({ requests, tokens }, asked) => {
        const started = startAll(limited(requests, tokens), asked);
        for (const { at } of started) {
          const within = started.filter((other) => other.at >= at && other.at < at + minute);
          expect(within.length).toBeLessThanOrEqual(requests);
          expect(within.reduce((sum, call) => sum + call.tokens, 0)).toBeLessThanOrEqual(tokens);
        }
      }),
    );
  });

  it('lets no call wait longer than a minute, and none where a minute has room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), calls(500), (requests, asked) => {
        const pacer = limited(requests, 300);
        let now = 0;
        for (const { pause, tokens } of asked) {
          now += pause;
          const wait = pacer.wait(tokens, now);
          expect(wait?.ms ?? 0).toBeLessThanOrEqual(minute);
          if (wait === null) pacer.start(tokens, now);
        }
      }),
    );
  });

  it('lets a call of more than a minute allows start alone', () => {
    const pacer = limited(null, 100);
    expect(pacer.wait(500, 0)).toBeNull();
    pacer.start(500, 0);
    expect(pacer.wait(1, 10)).toEqual({ ms: minute - 10, limit: { kind: 'tokens', amount: 100, saidBy: 'settings' } });
    expect(pacer.wait(1, minute)).toBeNull();
  });

  it('counts what a call really took once it is known', () => {
    const pacer = limited(null, 100);
    const call = pacer.start(90, 0);
    expect(pacer.wait(20, 1)).not.toBeNull();
    pacer.finish(call, 30);
    expect(pacer.wait(20, 1)).toBeNull();
  });

  it('never waits without a limit', () => {
    const pacer = new RequestPacer();
    expect(pacer.limits).toBe(noRateLimits);
    for (let call = 0; call < 5000; call += 1) pacer.start(1000, call);
    expect(pacer.wait(1000, 5000)).toBeNull();
  });

  it('starts nothing that the server has nothing left for, and takes the calls under way as still to come', () => {
    const pacer = new RequestPacer();
    const [first] = [pacer.start(10, 0), pacer.start(10, 0)];
    pacer.learn({ requests: { limit: 60, remaining: 2, resetMs: 5000 }, tokens: null }, 100, first);
    pacer.finish(first, 10);
    expect(pacer.wait(10, 100)).toBeNull();
    pacer.start(10, 100);
    expect(pacer.wait(10, 200)).toEqual({ ms: 4900, limit: { kind: 'requests', amount: 60, saidBy: 'server' } });
    expect(pacer.wait(10, 5100)).toBeNull();
  });

  it('waits for tokens of the server as it does for requests, and the longer of two waits counts', () => {
    const pacer = limited(1, null);
    pacer.learn({ requests: null, tokens: { limit: null, remaining: 50, resetMs: 70_000 } }, 0, null);
    expect(pacer.wait(50, 0)).toBeNull();
    pacer.start(50, 0);
    expect(pacer.wait(1, 0)).toEqual({ ms: 70_000, limit: { kind: 'tokens', amount: null, saidBy: 'server' } });
  });
});
