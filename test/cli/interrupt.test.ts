import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, runArguments } from './sample-project.ts';

// A process may take long to start on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const count = 40;
let delayMs: number;
let server: CompatibleServer;
let cli: CommandLine;
let here: CommandLine;

beforeEach(async () => {
  server = await startCompatibleServer({ delayMs: () => delayMs });
  cli = await openCommandLine({ OPENAI_BASE_URL: server.baseUrl });
  here = inThisProcess(cli);
  await addSampleProject(here, count);
});
afterEach(async () => {
  await cli.remove();
  await server.close();
});

const slowRun = () => cli.start(...runArguments(1, '--concurrency', '2', '--json'));
const answers = (n: number) => expect.poll(() => server.count, { timeout: 60_000, interval: 10 }).toBeGreaterThan(n);

test('Ctrl-C once pauses the run after the calls under way; resume asks only for what is missing', async () => {
  delayMs = 150;
  const run = slowRun();
  await answers(4);
  run.process.kill('SIGINT');
  // A launcher passes on what the terminal has sent to the group: still one press.
  await sleep(30);
  run.process.kill('SIGINT');
  const { code, stdout, stderr } = await run.ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(/Pausing after the calls under way/);
  const paused = JSON.parse(stdout);
  expect(paused).toMatchObject({ runId: 1, status: 'paused', errors: 0 });
  expect(paused.done).toBe(server.count);
  expect(paused.done).toBeLessThan(count);

  delayMs = 0;
  const resumed = await here.json('runs', 'resume', '1');
  expect(resumed).toMatchObject({ runId: 1, status: 'completed', done: count, errors: 0 });
  expect(server.count).toBe(count);
});

test('Ctrl-C twice leaves at once, and the run can be resumed', async () => {
  delayMs = 200;
  const run = slowRun();
  await answers(3);
  delayMs = 60_000;
  await answers(5);
  run.process.kill('SIGINT');
  await run.said('Pausing');
  await sleep(500);
  run.process.kill('SIGINT');
  const { code, stdout, stderr } = await run.ended;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  const { error } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  expect(error).toMatchObject({ code: 'interrupted', message: expect.stringContaining('whetstone runs resume 1') });

  delayMs = 0;
  const { runs } = await here.json('runs', 'list');
  expect(runs).toMatchObject([{ id: 1, status: 'interrupted' }]);
  expect(await here.json('runs', 'resume', '1')).toMatchObject({ status: 'completed', done: count, errors: 0 });
});

test('a run that another process executes is not resumed, but can be paused from here', async () => {
  delayMs = 150;
  const run = slowRun();
  await answers(2);
  const refused = await here.run('runs', 'resume', '1');
  expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^Error: Run 1 is running.*\.\n$/);

  expect((await here.run('runs', 'pause', '1')).code).toBe(0);
  const { code, stdout } = await run.ended;
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ runId: 1, status: 'paused' });
});
