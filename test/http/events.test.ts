import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../server/domain/run.ts';
import type { RunEvent } from '../../server/domain/run-event.ts';
import { RunRunner } from '../../server/services/evaluate/run-runner.ts';
import { createRun } from '../../server/services/evaluate/start-run.ts';
import { type ReceivedEvent, readEvents } from '../fixtures/event-stream.ts';
import { serveForTest, type TestServer } from '../fixtures/http.ts';
import { readMood, runToEnd, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let delayMs = 0;

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood, delayMs: () => delayMs });
  server = await serveForTest(test.workbench);
  seeded = await seedProject(test.workbench, { size: 40 });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const watch = (run: Run, seen?: string) =>
  server.send(
    'GET /api/runs/:run/events',
    { params: { run: run.id } },
    seen === undefined ? {} : { 'last-event-id': seen },
  );
const newRun = (concurrency = 4) =>
  createRun(test.workbench, seeded.project, {
    prompt: 'classify',
    set: seeded.set.slug,
    model: testModel,
    split: 'all',
    useCache: false,
    concurrency,
  });
const ofType = <Type extends RunEvent['type']>(events: readonly ReceivedEvent<RunEvent>[], type: Type) =>
  events.flatMap(({ data, at }) =>
    data.type === type ? [{ ...(data as Extract<RunEvent, { type: Type }>), at }] : [],
  );
const statuses = (events: readonly ReceivedEvent<RunEvent>[]) => ofType(events, 'status').map(({ status }) => status);

describe('the events of a run', () => {
  it('come live with numbers that grow, and end when the run does', async () => {
    delayMs = 100;
    const run = await newRun();
    const response = await watch(run);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reading = readEvents<RunEvent>(response);
    await test.workbench.runner.start(run.id);
    const events = await reading;
    expect(statuses(events)).toEqual(['running', 'completed']);
    expect(events.filter(({ id }) => id !== null).map(({ id, type }) => [id, type])).toEqual([
      ['1', 'status'],
      ['2', 'status'],
    ]);
    const progress = ofType(events, 'progress');
    expect(progress[0]?.summary.done).toBe(0);
    expect(progress.at(-1)).toMatchObject({ status: 'completed', summary: { done: 40, passed: 40, total: 40 } });
  });

  it('tell of progress at most four times a second', async () => {
    delayMs = 100;
    const run = await newRun(2);
    const reading = watch(run).then((response) => readEvents<RunEvent>(response));
    await test.workbench.runner.start(run.id);
    const progress = ofType(await reading, 'progress');
    expect(progress.length).toBeGreaterThan(4);
    // The first comes at once and the last when the run ends, without waiting for its turn.
    const elapsed = (progress.at(-1)?.at ?? 0) - (progress[0]?.at ?? 0);
    expect(progress.length).toBeLessThanOrEqual(elapsed / 250 + 2);
    const done = progress.map(({ summary }) => summary.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  it('are replayed from what was seen last', async () => {
    delayMs = 0;
    const run = await runToEnd(test.workbench, seeded);
    expect(statuses(await readEvents(await watch(run)))).toEqual(['running', 'completed']);
    expect(statuses(await readEvents(await watch(run, '1')))).toEqual(['completed']);
    expect(statuses(await readEvents(await watch(run, 'nonsense')))).toEqual(['running', 'completed']);
    const nothingLeft = await watch(run, '2');
    expect(nothingLeft.status).toBe(204);
  });

  it('come from the database where another process executes the run', async () => {
    delayMs = 150;
    const elsewhere = new RunRunner(test.workbench);
    const run = await newRun();
    const { finished } = await elsewhere.start(run.id);
    expect(test.workbench.runner.executes(run.id)).toBe(false);
    const events = await readEvents<RunEvent>(await watch(run));
    await finished;
    expect(statuses(events)).toEqual(['running', 'completed']);
    const done = ofType(events, 'progress').map(({ summary }) => summary.done);
    expect(done.length).toBeGreaterThan(2);
    expect(done.at(-1)).toBe(40);
  });

  it('end where the process that executes the run ends before it', async () => {
    delayMs = 200;
    const elsewhere = new RunRunner(test.workbench);
    const run = await newRun(1);
    await elsewhere.start(run.id);
    const reading = watch(run).then((response) => readEvents<RunEvent>(response));
    await elsewhere.close();
    const events = await reading;
    expect(statuses(events)).toEqual(['running', 'interrupted']);
    expect(ofType(events, 'progress').at(-1)?.status).toBe('interrupted');
  });

  it('go on through a pause', async () => {
    delayMs = 50;
    const run = await newRun(1);
    const reading = watch(run).then((response) => readEvents<RunEvent>(response));
    await test.workbench.runner.start(run.id);
    await server.call('POST /api/runs/:run/pause', { params: { run: run.id } });
    delayMs = 0;
    await server.call('POST /api/runs/:run/resume', { params: { run: run.id } });
    expect(statuses(await reading)).toEqual(['running', 'paused', 'running', 'completed']);
  });

  it('are no longer listened to when the watcher is gone', async () => {
    const { runner } = test.workbench;
    const subscribe = runner.subscribe.bind(runner);
    let listening = 0;
    const spy = vi.spyOn(runner, 'subscribe').mockImplementation((id, listener) => {
      const stop = subscribe(id, listener);
      listening += 1;
      return () => {
        listening -= 1;
        stop();
      };
    });
    const run = await newRun();
    await readEvents(await watch(run), (events) => events.length > 0);
    await vi.waitFor(() => expect(listening).toBe(0), 3000);
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
  });

  it('are refused for a run that is not there', async () => {
    expect(await server.refusal('GET /api/runs/:run/events', { params: { run: 999_999 } })).toMatchObject({
      status: 404,
      code: 'run_missing',
    });
  });
});
