import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseScorerSpec } from '../../server/domain/scorer-spec.ts';
import { startOnlineScoring } from '../../server/services/monitor/online-scoring.ts';
import { scoreWaiting } from '../../server/services/monitor/score-online.ts';
import { openWorkbench } from '../../server/services/open-workbench.ts';
import { storedCall, storedRelease } from '../fixtures/production-calls.ts';
import { seedProject } from '../fixtures/seeded-project.ts';
import { projectRoot } from '../fixtures/workbench.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';

let spawned: CommandLine;
let cli: CommandLine;
beforeAll(async () => {
  spawned = await openCommandLine();
  cli = inThisProcess(spawned);
});
afterAll(() => spawned.remove());

const opened = () =>
  openWorkbench({
    dataDirectory: spawned.data,
    programDirectory: projectRoot,
    detection: [],
    version: '0.0.0-test',
    environment: { get: () => undefined, secrets: () => [] },
  });

test('says what to do where nothing is released, and where nothing is scored', async () => {
  const { workbench, close } = await opened();
  const seeded = await seedProject(workbench);
  await close();
  expect((await cli.run('monitor', 'show', '--project', 'reviews')).stdout).toContain('Nothing is released yet');
  const again = await opened();
  await storedRelease(again.workbench, seeded);
  await again.close();
  const { stdout, code } = await cli.run('monitor', 'show', '--project', 'reviews');
  expect(stdout).toMatch(/not scored: switch online scoring on[\s\S]*production points to no release/);
  expect(code).toBe(0);
});

test('shows the rate of each release and what was promised of it', async () => {
  const { workbench, close } = await opened();
  const project = await workbench.stores.projects.find('reviews');
  const prompt = project && (await workbench.stores.prompts.find(project.id, 'classify'));
  const [release] = project ? await workbench.stores.releases.list(project.id) : [];
  if (!project || !prompt || !release) throw new Error('they were made by the test before');
  const asked = { prompt: 'classify', scorers: [parseScorerSpec('json-valid')], share: 1, days: 0, author: 'Ada' };
  await startOnlineScoring(workbench, project, asked, new Date());
  for (const output of ['{}', '{}', 'no', '[]']) await storedCall(workbench, { project }, release, output);
  await scoreWaiting(workbench, new AbortController().signal);
  const move = { promptId: prompt.id, label: 'production', releaseId: release.id, kind: 'move' as const };
  await workbench.stores.releases.moveLabel({ ...move, reason: 'first', author: 'Grace' });
  await workbench.stores.unobservedCalls.add({
    projectId: project.id,
    releaseId: release.id,
    failure: 'timeout',
    message: '',
    model: null,
    traceId: null,
    spanId: null,
  });
  await close();
  expect(await cli.json('monitor', 'show', '--project', 'reviews', '--days', '1')).toMatchObject({
    project: 'reviews',
    days: 1,
    failedCalls: [{ release: release.id, calls: 5, failed: 1, rate: 0.2, kinds: [{ failure: 'timeout', count: 1 }] }],
    prompts: [
      {
        prompt: 'classify',
        waiting: 0,
        scoring: { number: 1, share: 1, typed: ['json-valid'] },
        releases: [{ number: 1, version: 1, calls: 4, rates: { passed: 3, failed: 1, n: 4, passRate: 0.75 } }],
        promised: { number: 1, calls: 4, evaluation: null, scorers: [] },
      },
    ],
  });
  const { stdout } = await cli.run('monitor', 'show', '--project', 'reviews', '--days', '1');
  expect(stdout).toContain('100.0 % of the calls are scored by json-valid.');
  expect(stdout).toMatch(/1 \(v1\) +4 +4 +75\.0 % +30\.1–95\.4 % +0/);
  expect(stdout).toMatch(/classify v1 +5 +1 +20\.0 % +3\.6–62\.4 % +timeout 1/);
  expect(stdout).toContain('it was released without an evaluation');
  expect((await cli.run('monitor', 'show', '--project', 'reviews', '--days', '0')).code).toBe(2);
});
