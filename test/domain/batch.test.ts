import { expect, it } from 'vitest';
import { pollMs } from '../../server/domain/batch.ts';

it('is looked at soon at first, then less and less often, and at least once a minute', () => {
  expect(pollMs(0)).toBe(500);
  expect(pollMs(1)).toBe(750);
  for (let looked = 0; looked < 50; looked += 1) expect(pollMs(looked + 1)).toBeGreaterThanOrEqual(pollMs(looked));
  expect(pollMs(100)).toBe(60_000);
});
