import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunId } from '../server/domain/ids.ts';
import { openDatabase } from '../server/storage/database.ts';
import { createStores } from '../server/storage/stores.ts';
import { type CompatibleServer, startCompatibleServer } from './fixtures/compatible-server.ts';
import { seedProject } from './fixtures/seeded-project.ts';
import { projectRoot, testModel } from './fixtures/workbench.ts';

const main = path.join(projectRoot, 'server', 'main.ts');

let model: CompatibleServer;
let data: string;
beforeAll(async () => {
  model = await startCompatibleServer({ delayMs: 400 });
  data = await mkdtemp(path.join(tmpdir(), 'whetstone-main-'));
});
afterAll(async () => {
  await model.close();
  await rm(data, { recursive: true });
});

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

type StartOptions = { nodeArgs?: readonly string[]; variables?: Record<string, string> };

function start(args: readonly string[], { nodeArgs = [], variables = {} }: StartOptions = {}): Started {
  const own = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'test-key-1234567890', WHETSTONE_MODELS: data };
  const env = { ...process.env, ...own, CI: 'true', ...variables };
  const child = spawn(process.execPath, [...nodeArgs, main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output, ended: once(child, 'close').then(([code]) => code) };
}

async function serving(
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<Started & { url: string }> {
  const started = start(['serve', '--port', '0', '--data', data, ...args], { variables });
  await vi.waitFor(() => expect(started.output()).toContain('http://'), 15_000);
  return { ...started, url: /http:\/\/[\d.:]+/.exec(started.output())?.[0] ?? '' };
}

/** What the runs of the sample are made with and where they stand, each once. */
async function sampleRuns(url: string): Promise<string[]> {
  const response = await fetch(`${url}/api/projects/restaurant-reviews/runs`);
  const { runs = [] }: { runs?: { model: string; status: string }[] } = await response.json();
  return [...new Set(runs.map((run) => `${run.model} ${run.status}`))].sort();
}

/** The data as it lies on the disk when no process has it open. */
async function stored<T>(read: (stores: ReturnType<typeof createStores>) => Promise<T>): Promise<T> {
  const { database } = await openDatabase(data);
  try {
    return await read(createStores(database));
  } finally {
    await database.destroy();
  }
}

describe('the program', () => {
  it('serves, and ends in order when it is asked to, with its runs left to be resumed', async () => {
    const { database } = await openDatabase(data);
    await seedProject({ stores: createStores(database) });
    await database.destroy();
    const { child, url, ended, output } = await serving(['--no-download', '--open']);
    const response = await fetch(`${url}/api/projects/reviews/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'classify', set: 'labelled', model: testModel, split: 'all', concurrency: 1 }),
    });
    const run: { id: RunId } = await response.json();
    const events = await fetch(`${url}/api/runs/${run.id}/events`);
    await vi.waitFor(() => expect(model.inFlight).toBe(1), 5000);

    child.kill('SIGTERM');
    // It ends itself with 1 when it takes too long.
    expect(await ended).toBe(0);
    await events.text().catch(() => 'cut off');
    expect(output()).not.toContain('failed');
    const left = await stored((stores) => stores.runs.get(run.id));
    expect(left).toMatchObject({ status: 'interrupted', statusReason: expect.stringContaining('Resume it') });
  }, 30_000);

  it('says that its port is in use, and what to do', async () => {
    const first = await serving(['--no-download']);
    const port = Number(new URL(first.url).port);
    const second = start(['serve', '--no-download', '--port', String(port), '--data', data]);
    expect(await second.ended).toBe(2);
    expect(second.output()).toContain(
      `Port ${port} is in use. Stop what uses it or start with "npm start -- --port ${port + 1}".`,
    );
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
  }, 30_000);

  it('has the sample in a workbench that has no project, run on the stand-in without a download, and in no other', async () => {
    const projects = await stored((stores) => stores.projects.list());
    expect(projects.map(({ slug }) => slug)).toEqual(['reviews']);
    const { child, url, ended } = await serving(['--no-download', '--data', path.join(data, 'empty')]);
    await vi.waitFor(async () => expect(await sampleRuns(url)).toEqual(['builtin/lexicon completed']), 20_000);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 30_000);

  it('runs the sample on the stand-in where its model can’t be fetched, and says why in one line', async () => {
    // Nobody listens there, and without a path there is no pip.
    const offline = { HF_ENDPOINT: 'http://127.0.0.1:1', PATH: '' };
    const { child, url, ended, output } = await serving(['--data', path.join(data, 'offline')], offline);
    const expected = ['builtin/lexicon completed', 'local/smollm2-135m cancelled'];
    await vi.waitFor(async () => expect(await sampleRuns(url)).toEqual(expected), 20_000);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output().match(/can't be used now: .* could not be fetched/g)).toHaveLength(1);
  }, 30_000);

  it('says in one sentence that it needs a newer Node', async () => {
    const older = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})';
    const { ended, output } = start(['project', 'list'], {
      nodeArgs: ['--import', `data:text/javascript,${older}`],
    });
    expect(await ended).toBe(2);
    expect(output()).toMatch(/^Node 24 or newer is needed, and this is .*\n$/);
  });
});
