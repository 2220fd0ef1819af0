import { expect, it } from 'vitest';
import { isDue, mostAttempts } from '../../server/domain/alert-delivery.ts';

const startedAt = '2026-03-01T00:00:00.000Z';
const at = (seconds: number) => new Date(Date.parse(startedAt) + 1000 * seconds);

it('a message is sent again after half a minute, then twice as long each time, and given up in the end', () => {
  expect(isDue(null, at(0))).toBe(true);
  const due = (attempt: number, seconds: number) => isDue({ attempt, status: 'failed', startedAt }, at(seconds));
  expect([due(1, 29), due(1, 30), due(2, 59), due(2, 60), due(5, 479), due(5, 480)]).toEqual([
    ...[false, true, false, true, false, true],
  ]);
  expect(due(mostAttempts, 1e6)).toBe(false);
  expect(isDue({ attempt: 1, status: 'delivered', startedAt }, at(1e6))).toBe(false);
});

it('one whose process ended while it was sending is sent again after a minute', () => {
  const due = (seconds: number) => isDue({ attempt: 1, status: 'sending', startedAt }, at(seconds));
  expect([due(59), due(60)]).toEqual([false, true]);
});
