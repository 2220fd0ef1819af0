import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsInMonth, planCost, tokensOfWords } from '../../server/domain/cost-plan.ts';
import { batchPriceOf, costOf, type Price } from '../../server/domain/price.ts';

const perMillion = fc.double({ min: 0, max: 1000, noNaN: true });
const price: fc.Arbitrary<Price> = fc.record({
  input: perMillion,
  cachedInput: fc.option(perMillion),
  output: perMillion,
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const usage = fc
  .record({ inputTokens: fc.double({ min: 0, max: 1e6, noNaN: true }), outputTokens: fc.nat(100_000), cached: share })
  .map(({ cached, ...rest }) => ({ ...rest, cachedInputTokens: cached * rest.inputTokens }));
const calls = fc.record({ usage, batchShare: share, callsPerMonth: fc.nat(1_000_000) });
const close = (value: number) => value * (1 + 1e-9) + 1e-12;

describe('the rule of thumb', () => {
  it('takes 300 words for 400 tokens: 0.08 ¢ at 0.2 ¢ per 1,000 tokens, 2.4 ¢ at 6 ¢', () => {
    expect(tokensOfWords(300)).toBe(400);
    const cents = (centsPer1000: number) => {
      const usd = (centsPer1000 / 100) * 1000;
      const asked = { inputTokens: tokensOfWords(300), outputTokens: 0, cachedInputTokens: 0 };
      return 100 * (costOf({ input: usd, cachedInput: null, output: usd }, asked) ?? Number.NaN);
    };
    expect(cents(0.2)).toBeCloseTo(0.08, 12);
    expect(cents(6)).toBeCloseTo(2.4, 12);
  });

  it('takes a month for a twelfth of 365 days', () => {
    expect(callsInMonth(1200, 'month')).toBe(1200);
    expect(12 * callsInMonth(10, 'day')).toBeCloseTo(3650, 9);
  });
});

describe('the plan of a model', () => {
  it('adds up as by hand', () => {
    // (500 × 3 + 500 × 0.3 + 100 × 15) / 1,000,000 = 0.00315 live, half of it for a fifth of the calls.
    const lab = { input: 3, cachedInput: 0.3, output: 15 };
    const planned = planCost(
      { usage: { inputTokens: 1000, cachedInputTokens: 500, outputTokens: 100 }, batchShare: 0.2, callsPerMonth: 2000 },
      lab,
      batchPriceOf({ date: '', source: '', prices: {}, batchShares: { lab: 0.5 } }, 'lab', lab),
    );
    expect(planned?.perCall).toBeCloseTo(0.002835, 12);
    expect(planned?.per1000).toBeCloseTo(2.835, 9);
    expect(planned?.perMonth).toBeCloseTo(5.67, 9);
    expect(planned?.perYear).toBeCloseTo(68.04, 9);
    expect(planned?.per1000Plain).toBeCloseTo(4.5, 9);
    expect(planned?.per1000Batch).toBeCloseTo(1.575, 9);
  });

  it('is null without a price, and 0 where nothing is asked for', () => {
    const asked = { usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0 }, batchShare: 0, callsPerMonth: 1 };
    expect(planCost(asked, null, null)).toBeNull();
    const free = { input: 0, cachedInput: 0, output: 0 };
    expect(planCost(asked, free, free)).toMatchObject({ perCall: 0, perYear: 0, per1000Batch: 0 });
  });

  it('grows in proportion to the calls, and never depends on them for one call', () => {
    fc.assert(
      fc.property(price, calls, fc.integer({ min: 1, max: 100 }), (of, asked, times) => {
        const one = planCost(asked, of, of);
        const many = planCost({ ...asked, callsPerMonth: times * asked.callsPerMonth }, of, of);
        expect(many?.perMonth).toBeCloseTo(times * (one?.perMonth ?? Number.NaN), 3);
        expect(many?.perCall).toBe(one?.perCall);
      }),
    );
  });

  it('costs no more with cached input where that is cheaper, and no more the more goes in cheaper batches', () => {
    fc.assert(
      fc.property(price, calls, share, share, (of, asked, batchShare, more) => {
        const cheap = { ...of, cachedInput: of.cachedInput === null ? null : Math.min(of.cachedInput, of.input) };
        const batch = batchPriceOf(
          { date: '', source: '', prices: {}, batchShares: { lab: share01(more) } },
          'lab',
          cheap,
        );
        const planned = planCost({ ...asked, batchShare }, cheap, batch);
        const none = planCost({ ...asked, batchShare: 0 }, cheap, batch);
        const all = planCost({ ...asked, batchShare: 1 }, cheap, batch);
        expect(planned?.per1000).toBeLessThanOrEqual(close(planned?.per1000Plain ?? Number.NaN));
        expect(planned?.perCall).toBeLessThanOrEqual(close(none?.perCall ?? Number.NaN));
        expect(all?.perCall).toBeLessThanOrEqual(close(planned?.perCall ?? Number.NaN));
        expect(all?.per1000).toBeCloseTo(all?.per1000Batch ?? Number.NaN, 6);
      }),
    );
  });
});

/** A share of nothing is none that a connection can have. */
const share01 = (value: number): number => Math.max(0.01, value);
