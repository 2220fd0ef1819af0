import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../../server/domain/release.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { moveLabel } from '../../../server/services/deploy/move-label.ts';
import { startOnlineScoring } from '../../../server/services/monitor/online-scoring.ts';
import { promisedAndShown } from '../../../server/services/monitor/promised.ts';
import { scoreWaiting } from '../../../server/services/monitor/score-online.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { storedCall, storedRelease } from '../../fixtures/production-calls.ts';
import { readMood, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const owner = { kind: 'owner' } as const;

describe('what was promised and what production shows', () => {
  let test: TestWorkbench;
  let workbench: Workbench;
  let seeded: SeededProject;
  let release: Release;
  const now = new Date();
  const look = () => promisedAndShown(workbench, seeded.project, 'classify', { days: 7, now });

  beforeAll(async () => {
    test = await openTestWorkbench({ answer: readMood });
    workbench = test.workbench;
    seeded = await seedProject(workbench, { size: 200 });
    // What a case's own scorer says in the place of the run's is not what production's scorer would have said.
    const own = { key: 'own', variables: { review: 'A good wine' }, expected: 'positive', tags: [], source: 'import' };
    await workbench.stores.evalSets.change(
      seeded.set.id,
      1,
      {
        added: [{ ...own, split: 'holdout', scorers: ['form=regex:^never$'] }],
        replaced: [],
        removed: [],
      },
      { note: '', author: '' },
    );
    const scorers = [
      'label',
      'form=2*regex:^(?:positive|negative)$',
      'regex:(positive|negative)',
      'length:<=8',
      'script:checks',
    ];
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(workbench.scorersDirectory, { recursive: true });
    await writeFile(
      `${workbench.scorersDirectory}/checks.js`,
      'export default ({ output, expected }) => output === expected;',
    );
    await runToEnd(workbench, seeded, { scorers: scorers.map(parseScorerSpec) });
    const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace', overrides: [] };
    release = await approveRelease(workbench, seeded.project, owner, approval);
  });
  afterAll(() => test.close());

  it('are nothing before something is in production', async () => {
    expect(await look()).toBeNull();
    const move = { release: release.id, reason: 'first', by: 'Grace' };
    await moveLabel(workbench, seeded.project, owner, { prompt: 'classify', label: 'production' }, move);
  });

  it('say which scorers can’t be held against production, and why', async () => {
    const found = await look();
    expect(found).toMatchObject({ number: 1, version: 1, calls: 0, scorers: [] });
    expect(found?.evaluation).toMatchObject({ split: 'holdout', evalSet: 'labelled', look: 1, rates: { n: 51 } });
    expect(found?.notCompared).toEqual([
      { scorer: 'label', why: 'needs_expected' },
      { scorer: 'regex:^(?:positive|negative)$', why: 'not_scored' },
      { scorer: 'regex:(positive|negative)', why: 'expected_where_given' },
      { scorer: 'length:<=8', why: 'not_scored' },
      { scorer: expect.stringMatching(/^script:checks@/), why: 'needs_expected' },
    ]);
  });

  it('are set side by side by the scorers that both have, whatever they are called and weigh', async () => {
    await startOnlineScoring(
      workbench,
      seeded.project,
      {
        prompt: 'classify',
        scorers: [parseScorerSpec('regex:^(?:positive|negative)$')],
        share: 1,
        days: 0,
        author: 'Ada',
      },
      now,
    );
    const other = await storedRelease(workbench, seeded);
    for (let call = 0; call < 40; call++) {
      const output = call < 12 ? 'It is positive.' : 'positive';
      const feedback = call < 3 ? 'down' : call < 10 ? 'up' : null;
      const about = { latencyMs: call < 30 ? call + 1 : null, costUsd: call < 4 ? 0.001 : null, feedback } as const;
      await storedCall(workbench, seeded, release, output, about);
      await storedCall(workbench, seeded, other, 'no');
    }
    await scoreWaiting(workbench, new AbortController().signal);
    const found = await look();
    expect(found?.calls).toBe(40);
    expect(found?.scorers).toMatchObject([
      {
        scorer: 'regex:^(?:positive|negative)$',
        promised: { passed: 50, n: 50 },
        shown: { passed: 28, failed: 12, n: 40 },
        difference: expect.closeTo(-0.3, 12),
        verdict: 'worse',
      },
    ]);
    // scipy 1.17.1: fisher_exact([[50, 0], [28, 12]]); statsmodels 0.15.0: newcomb.
    expect(found?.scorers[0]?.pValue).toBeCloseTo(0.00002039760137, 12);
    expect(found?.scorers[0]?.interval[0]).toBeCloseTo(-0.4543, 6);
    expect(found?.scorers[0]?.interval[1]).toBeCloseTo(-0.161034, 6);
    expect(found?.notCompared.map(({ why }) => why)).not.toContain('asks_model');
  });

  it('are told by an earlier generation where the newest has another scorer', async () => {
    const scorers = [parseScorerSpec('json-valid')];
    const asked = { prompt: 'classify', scorers, share: 1, days: 0, author: 'Ada' };
    await startOnlineScoring(workbench, seeded.project, asked, now);
    expect((await look())?.scorers).toMatchObject([{ shown: { n: 40 }, verdict: 'worse' }]);
  });

  it('have the thumbs, cost and latency beside them', async () => {
    const found = await look();
    expect(found?.feedback).toMatchObject({ up: 7, n: 10, rate: 0.7 });
    expect(found?.costUsdPer1000Calls).toEqual({ promised: 0, shown: 1, n: 4 });
    expect(found?.latencyP95Ms).toEqual({ promised: expect.any(Number), shown: 29, n: 30 });
  });
});
