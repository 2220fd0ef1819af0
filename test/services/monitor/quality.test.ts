import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../../server/domain/release.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { moveLabel } from '../../../server/services/deploy/move-label.ts';
import { passRateByRelease } from '../../../server/services/monitor/online-rates.ts';
import { startOnlineScoring } from '../../../server/services/monitor/online-scoring.ts';
import { promptQuality } from '../../../server/services/monitor/quality.ts';
import { scoreWaiting } from '../../../server/services/monitor/score-online.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { storedCall, storedRelease } from '../../fixtures/production-calls.ts';
import { addVersion, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const dayMs = 86_400_000;
const going = new AbortController().signal;

describe('the quality of production', () => {
  let test: TestWorkbench;
  let workbench: Workbench;
  let seeded: SeededProject;
  let releases: Release[];
  const now = new Date();
  const daysAgo = (days: number) => ({ createdAt: new Date(now.getTime() - days * dayMs).toISOString() });

  beforeAll(async () => {
    test = await openTestWorkbench();
    workbench = test.workbench;
    seeded = await seedProject(workbench);
    await addVersion(workbench, seeded, 'Say only positive or negative.');
    releases = [await storedRelease(workbench, seeded), await storedRelease(workbench, seeded, { version: 2 })];
    const [first, second] = releases;
    const move = { release: second?.id ?? 0, reason: 'better', by: 'Grace' };
    await moveLabel(workbench, seeded.project, { kind: 'owner' }, { prompt: 'classify', label: 'production' }, move);
    const calls = async (release: Release | undefined, days: number, outputs: Record<string, number>) => {
      for (const [output, count] of Object.entries(outputs)) {
        for (let one = 0; one < count; one++) {
          await storedCall(workbench, seeded, release ?? null, output, daysAgo(days));
        }
      }
    };
    await calls(first, 40, { positive: 5 });
    await calls(first, 5, { positive: 8, '1': 4 });
    await calls(first, 4, { positive: 6, '1': 6 });
    await calls(second, 2, { '1': 25, positive: 1 });
    await calls(second, 1, { '1': 3 });
    const scorers = ['json-valid', 'length:<=8'].map(parseScorerSpec);
    const asked = { prompt: 'classify', scorers, share: 1, days: 90, author: 'Ada' };
    await startOnlineScoring(workbench, seeded.project, asked, now);
    await scoreWaiting(workbench, going);
  });
  afterAll(() => test.close());

  const quality = (about: Partial<Parameters<typeof promptQuality>[3]> = {}) =>
    promptQuality(workbench, seeded.project, 'classify', { days: 7, ...about }, now);

  it('is a rate a release with its interval, newest first, over the calls of the time shown', async () => {
    const { scoring, releases: rates } = await quality();
    expect(scoring).toMatchObject({ number: 1, share: 1, typed: ['json-valid', 'length:<=8'], endedAt: null });
    expect(rates).toMatchObject([
      { number: 2, version: 2, calls: 29, rates: { passed: 28, failed: 1, n: 29 } },
      { number: 1, version: 1, calls: 24, rates: { passed: 10, failed: 14, n: 24 } },
    ]);
    expect(rates[1]?.rates.interval?.[0]).toBeCloseTo(0.244676, 6);
    const long = await quality({ days: 90 });
    expect(long.releases.map(({ calls }) => calls)).toEqual([29, 29]);
  });

  it('joins slices to points of at least twenty calls, the newest perhaps fewer', async () => {
    const { points, sliceMs } = await quality();
    const [first, second] = releases;
    expect(points.map(({ release, rates }) => [release, rates.n])).toEqual([
      [first?.id, 24],
      [second?.id, 26],
      [second?.id, 3],
    ]);
    const [joined] = points;
    expect(Date.parse(joined?.to ?? '') - Date.parse(joined?.from ?? '')).toBe(dayMs + sliceMs);
  });

  it('is told by one scorer alone', async () => {
    const { releases: rates } = await quality({ scorer: 'length:<=8' });
    expect(rates.map(({ rates: { passRate } }) => passRate)).toEqual([1, 1]);
  });

  it('knows when production moved', async () => {
    const [, second] = releases;
    expect((await quality()).moves).toEqual([{ release: second?.id, number: 2, at: expect.any(String), kind: 'move' }]);
  });

  it('is told by the scorers of an earlier generation where that is asked for', async () => {
    await startOnlineScoring(
      workbench,
      seeded.project,
      { prompt: 'classify', scorers: [parseScorerSpec('refusal')], share: 0.5, days: 0, author: '' },
      now,
    );
    expect((await quality()).releases.map(({ rates: { n } }) => n)).toEqual([0, 0]);
    expect((await quality({ generation: 1 })).releases.map(({ rates: { n } }) => n)).toEqual([29, 24]);
    await expect(quality({ generation: 7 })).rejects.toMatchObject({ code: 'online_scoring_missing' });
    expect(await passRateByRelease(workbench, seeded.prompt, new Date(0))).toEqual([]);
  });

  it('is nothing where no call was scored yet', async () => {
    const other = await seedProject(workbench, { name: 'Other' });
    const none = { scoring: null, releases: [], points: [], moves: [] };
    expect(await promptQuality(workbench, other.project, 'classify', { days: 7 }, now)).toMatchObject(none);
  });
});
