import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wilsonInterval } from '../../server/domain/statistics/wilson-interval.ts';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, addVersion, labelOf, reviewOf, runArguments } from './sample-project.ts';

const count = 20;
let server: CompatibleServer;
let cli: CommandLine;
let here: CommandLine;

/** Version 1 is right but for review 0; version 2 is wrong on the first ten; version 3 fails with an error on three. */
beforeAll(async () => {
  server = await startCompatibleServer({
    answer: ({ content }) => {
      const review = reviewOf(content);
      if (content.startsWith('Wrongly') && review < 10) return labelOf(review + 1);
      return review === 0 ? 'no idea' : labelOf(review);
    },
    contextLimit: 200,
    models: ['test-model', 'gpt-5-mini'],
  });
  cli = await openCommandLine({ OPENAI_BASE_URL: server.baseUrl });
  here = inThisProcess(cli);
  await addSampleProject(here, count);
  await addVersion(here, 'Wrongly: positive or negative? {{text}}');
  await addVersion(here, `${'Please read with care. '.repeat(100)} {{text}}`);
});
afterAll(async () => {
  await cli.remove();
  await server.close();
});

// Each goes on from the runs of those before it.
describe('runs', () => {
  test('run --json prints what the contract names; the plan and the progress go to stderr', async () => {
    const { code, stdout, stderr } = await cli.run(...runArguments(1, '--json'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      runId: 1,
      status: 'completed',
      project: 'restaurant-reviews',
      prompt: 'classify-mood',
      version: 1,
      set: 'short-reviews',
      model: 'openai/test-model',
      passRate: 0.95,
      interval: wilsonInterval(19, 20),
      passed: 19,
      failed: 1,
      noAnswer: 1,
      errors: 0,
      total: count,
      cached: 0,
      // On this machine, so free.
      costUsd: 0,
      inputTokens: expect.any(Number),
      outputTokens: expect.any(Number),
      wallMs: expect.any(Number),
    });
    expect(stderr).toMatch(/Plan: 20 calls; about [\d,]+ tokens in and [\d,]+ out; cost about \$0; scored by label/);
  });

  test('the same again comes from the cache', async () => {
    const asked = server.count;
    const { code, stdout, stderr } = await cli.run(...runArguments(1));
    expect(code).toBe(0);
    expect(server.count).toBe(asked);
    expect(stderr).toMatch(/20 calls, 20 of them from the cache/);
    expect(stdout).toMatch(/pass rate +95\.0 % +\(n = 20, 95 % interval 76\.4–99\.1 %\)/);
    expect(stdout).toMatch(/failed +1, of these 1 without an answer/);
    expect(stdout).not.toContain('\u001b');
  });

  test('a worse version fails against the baseline, whatever it costs to say so', async () => {
    const { code, stdout } = await cli.run(...runArguments(2, '--baseline', '1', '--json'));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      runId: 3,
      passRate: 0.5,
      baseline: 1,
      comparison: { n: 20, fixed: 0, broken: 9, bothPass: 10, bothFail: 1, pValue: 0.00390625, verdict: 'worse' },
    });
  });

  test('runs compare says the verdict in words and as JSON', async () => {
    const words = await here.run('runs', 'compare', '1', '3');
    expect(words.code).toBe(0);
    expect(words.stdout).toMatch(/^worse: run 3 is worse than run 1 \(0 fixed, 9 broken of 20, p = \.004\)/m);
    const same = await here.run('runs', 'compare', '1', '2');
    expect(same.stdout).toMatch(
      /can't tell: 0 fixed, 0 broken of 20 may be chance \(p = 1\).*fewer than 6 can never tell/,
    );
    expect(await here.json('runs', 'compare', '3', '1')).toMatchObject({
      n: 20,
      fixed: 9,
      broken: 0,
      bothPass: 10,
      bothFail: 1,
      difference: expect.any(Number),
      interval: [expect.any(Number), expect.any(Number)],
      pValue: 0.00390625,
      verdict: 'better',
      detectable: expect.any(Number),
      fixedCases: expect.arrayContaining(['1', '2', '3', '4', '5', '6', '7', '8', '9']),
    });
  });

  test('runs compare takes several, each against the first, with raw and corrected p', async () => {
    expect(await here.json('runs', 'compare', '3', '1', '2')).toMatchObject({
      baseline: 3,
      runs: [3, 1, 2],
      groups: { broken: 0, fixed: 9 },
      pairs: [
        { run: 1, fixed: 9, pValue: 0.00390625, correctedPValue: 0.0078125, correctedVerdict: 'better' },
        { run: 2, fixed: 9, pValue: 0.00390625, correctedPValue: 0.0078125, correctedVerdict: 'better' },
      ],
    });
    const { stdout } = await here.run('runs', 'compare', '3', '1', '2');
    expect(stdout).toMatch(/^ +1 +95\.0 % .*p = \.004 +p = \.008 +better$/m);
    expect((await here.run('runs', 'compare', '1', '2', '3', '1', '2', '3', 'x')).code).toBe(2);
  });

  test('runs report writes a run, or several compared, as one file', async () => {
    const out = path.join(cli.folder, 'report.html');
    expect(await here.json('runs', 'report', '3', '--out', out)).toEqual({ runs: [3], file: out });
    expect(await readFile(out, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Review 3/);
    await here.json('runs', 'report', '1', '3', '--out', out, '--language', 'zh-CN');
    expect(await readFile(out, 'utf8')).toContain('变坏');
    const nowhere = await here.run('runs', 'report', '1', '--out', path.join(out, 'no folder'));
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('Name another file') });
  });

  test('runs failures counts why cases failed, and says what is not sorted yet', async () => {
    const counted = await here.json('runs', 'failures', '3');
    expect(counted).toMatchObject({ run: 3, n: 20, failed: 10, unsorted: 10, categories: [] });
    expect(counted).toMatchObject({ improvement: { category: null, cases: 10, doubts: [{ code: 'nothing_sorted' }] } });
    const { stdout } = await here.run('runs', 'failures', '3');
    expect(stdout).toContain('10 of 20 judged cases failed. 10 of them are not sorted yet');
    expect((await here.run('runs', 'failures', '99')).code).toBe(2);
  });

  test('--fail-under fails below the rate and not at it', async () => {
    const version1 = (rate: string) => runArguments(1, '--fail-under', rate);
    expect((await here.run(...version1('95%'))).code).toBe(0);
    const below = await here.run(...version1('0.96'));
    expect(below.code).toBe(1);
    expect(below.stdout).toMatch(/below the 96\.0 % of --fail-under/);
  });

  test('errors above --max-errors end with 3, also where a gate fails', async () => {
    const { code, stdout } = await cli.run(...runArguments(3, '--fail-under', '1', '--json'));
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 3,
      passRate: null,
      interval: null,
      errors: expect.any(Number),
    });
  });

  test('scoring again asks no model and the new scoring counts', async () => {
    const asked = server.count;
    const rescored = await here.json('runs', 'rescore', '1', '--scorer', 'contains:no idea');
    expect(rescored).toMatchObject({ runId: 1, passed: 1, failed: 19, scorers: ['contains:no idea'] });
    expect(server.count).toBe(asked);
  });

  test('runs list has what the contract names, newest first, and fits as a table', async () => {
    const { runs } = await here.json('runs', 'list', '--project', 'restaurant-reviews');
    expect(runs).toHaveLength(6);
    expect(runs).toContainEqual(
      expect.objectContaining({
        id: 2,
        status: 'completed',
        project: 'restaurant-reviews',
        prompt: 'classify-mood',
        version: 1,
        model: 'openai/test-model',
        set: 'short-reviews',
        passRate: 0.95,
        interval: wilsonInterval(19, 20),
        createdAt: expect.stringMatching(/^\d{4}-/),
      }),
    );
    const { stdout } = await here.run('runs', 'list');
    expect(stdout.split('\n')[1]).toMatch(/^ +6 {2}failed .*classify-mood@3/);
  });

  test('a run is archived and brought back, and deleted only when that is said', async () => {
    expect(await here.json('runs', 'archive', '6')).toMatchObject({ id: 6, archivedAt: expect.any(String) });
    const numbered = (...ids: number[]) => ({ runs: ids.map((id) => expect.objectContaining({ id })) });
    expect(await here.json('runs', 'list')).toEqual(numbered(5, 4, 3, 2, 1));
    expect(await here.json('runs', 'list', '--archived', '--limit', '2')).toEqual(numbered(6, 5));
    expect(await here.json('runs', 'list', '--search', 'absent')).toEqual(numbered());
    expect(await here.json('runs', 'archive', '6', '--undo')).toMatchObject({ archivedAt: null });
    const asked = await here.run('runs', 'delete', '6');
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringMatching(/would be deleted with \d+ results.*--yes/) });
    expect(await here.json('runs', 'delete', '6', '--yes', '--by', 'Ada')).toMatchObject({ run: 6, reviews: 0 });
    expect((await here.run('runs', 'show', '6')).code).toBe(2);
  });

  test('resuming what is complete is no error and asks nothing', async () => {
    const asked = server.count;
    expect(await here.json('runs', 'resume', '2')).toMatchObject({ runId: 2, status: 'completed', passed: 19 });
    expect(server.count).toBe(asked);
  });
});

test('the cost cap pauses the run, and an unfinished run is not done', async () => {
  const asked = server.count;
  const { code, stdout } = await here.run(
    ...runArguments(1, '--model', 'openai/gpt-5-mini', '--max-cost', '0', '--json'),
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'paused', done: 0, statusReason: expect.stringMatching(/\S/) });
  expect(server.count).toBe(asked);
});

describe('what can not be run ends with 2', () => {
  test.each([
    ['--project', 'nope', 'project_missing'],
    ['--prompt', 'nope', 'prompt_missing'],
    ['--prompt', 'Classify mood@99', 'prompt_version_missing'],
    ['--prompt', 'Classify mood@production', 'label_missing'],
    ['--set', 'nope', 'eval_set_missing'],
    ['--model', 'test-model', 'model_reference_invalid'],
    ['--model', 'nowhere/model', 'connection_missing'],
    ['--model', 'openai/unknown', 'model_not_found'],
    ['--scorer', 'nope', 'scorer_missing'],
    ['--scorer', 'regex:(', 'scorer_argument_invalid'],
  ])('%s %s is %s', async (name, value, code) => {
    // Of an option that is given twice the last one counts.
    const { stdout, stderr, ...ended } = await here.run(...runArguments(1, '--json', name, value));
    expect({ code: ended.code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.code).toBe(code);
  });

  test('a run whose model was never reached says how to go on', async () => {
    const { stderr } = await here.run(...runArguments(1, '--model', 'openai/unknown'));
    expect(stderr).toMatch(/Run \d+ has no answers; once this is mended, go on with: whetstone runs resume \d+/);
  });

  test('a baseline that is not there, before anything is asked', async () => {
    const asked = server.count;
    const { code, stderr } = await here.run(...runArguments(1, '--baseline', '999'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no run 999/);
    expect(server.count).toBe(asked);
  });
});
