import { afterEach, describe, expect, it, vi } from 'vitest';
import { mostTries } from '../../../server/domain/backoff.ts';
import { conflict } from '../../../server/domain/errors.ts';
import type { RunId } from '../../../server/domain/ids.ts';
import type { Run } from '../../../server/domain/run.ts';
import { cancelRun, pauseRun, resumeRun, retryErrors } from '../../../server/services/evaluate/control-run.ts';
import { followBatches } from '../../../server/services/evaluate/follow-batches.ts';
import { deleteRun } from '../../../server/services/evaluate/keep-run.ts';
import { planRun } from '../../../server/services/evaluate/plan-run.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import type { BatchOptions } from '../../fixtures/compatible-batches.ts';
import type { CompatibleServerOptions } from '../../fixtures/compatible-server.ts';
import { labels, openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

/** The waits of the engine, shortened: how long they are, test/domain says. */
vi.mock('../../../server/domain/backoff.ts', async (original) => {
  const backoff = await original<typeof import('../../../server/domain/backoff.ts')>();
  return { ...backoff, backoffMs: (...of: Parameters<typeof backoff.backoffMs>) => backoff.backoffMs(...of) / 20 };
});
vi.mock('../../../server/domain/batch.ts', async (original) => {
  const batch = await original<typeof import('../../../server/domain/batch.ts')>();
  return { ...batch, pollMs: (looked: number) => batch.pollMs(looked) / 20 };
});

const cases = 12;
const batch = { mode: 'batch', split: 'all' } as const;

let lab: RunLab;
afterEach(() => lab.close());
async function open(batches: BatchOptions | false = {}, more: Partial<Parameters<typeof openRunLab>[0]> = {}) {
  const { server, ...rest } = more;
  lab = await openRunLab({ cases, ...rest, server: { ...server, batches } });
}

const summaryOf = ({ id }: Pick<Run, 'id'>, workbench = lab.workbench) => workbench.stores.runs.summary(id);
const batchesOf = ({ id }: Pick<Run, 'id'>, workbench = lab.workbench) => workbench.stores.batches.list(id);
async function noted({ id }: Pick<Run, 'id'>): Promise<string> {
  const events = await lab.workbench.stores.runs.eventsAfter(id, 0);
  return events.flatMap((event) => (event.type === 'note' ? [event.text] : [])).join('\n');
}
const resume = async (workbench: Workbench, id: RunId) => (await resumeRun(workbench, id)).finished;
/** A run whose batch is at the provider, which takes its time. */
async function startSlow(): Promise<Run> {
  const run = await lab.start(batch);
  await expect.poll(async () => (await batchesOf(run))[0]?.status, { interval: 10 }).toBe('in_progress');
  return run;
}
/** Every case has one result that counts, and no request went out twice. */
async function expectWhole(run: Run, workbench = lab.workbench) {
  expect(await summaryOf(run, workbench)).toMatchObject({ done: cases, errors: 0, total: cases });
  expect([...lab.server.batches.callsByContent.values()]).toEqual(Array.from({ length: cases - 1 }, () => 1));
  expect(lab.server.count).toBe(1);
}

/** From here on the provider takes so many requests in a batch. */
async function allow(requests: number) {
  const { batches } = await lab.workbench.providers.get('openai');
  if (batches !== undefined) batches.limits.requests = requests;
}

describe('a run in batches', () => {
  it('is as many batches as it takes', async () => {
    await open();
    await allow(4);
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWhole(run);
    expect((await batchesOf(run)).map(({ number, round, requests }) => [number, round, requests])).toEqual([
      [1, 1, 4],
      [2, 1, 4],
      [3, 1, 3],
    ]);
  });

  it('asks the first case at once and all others in a batch, and comes to the same as a live run', async () => {
    await open();
    const run = await lab.run(batch);
    expect(run).toMatchObject({ status: 'completed', statusReason: '', servedModel: 'test-model' });
    await expectWhole(run);
    const live = await summaryOf(await lab.run({ split: 'all', useCache: false }));
    const { done, passed, failed, errors, inputTokens, outputTokens } = live;
    expect(await summaryOf(run)).toMatchObject({ done, passed, failed, errors, inputTokens, outputTokens });
  });

  it('deletes its files at the provider, and keeps of a batch what it brought', async () => {
    await open();
    const run = await lab.run(batch);
    expect(lab.server.batches.files.size).toBe(0);
    expect(await batchesOf(run)).toMatchObject([
      { number: 1, round: 1, status: 'completed', requests: cases - 1, completed: cases - 1, failed: 0, ending: null },
    ]);
    expect(await noted(run)).toBe(
      `Batch 1: ${cases - 1} requests sent to openai.\nBatch 1 completed: ${cases - 1} of ${cases - 1} requests were answered.`,
    );
  });

  it('costs half in a batch, and the plan says so', async () => {
    await open(
      {},
      { server: { answer: () => ({ content: 'positive', usage: { promptTokens: 1000, completionTokens: 0 } }) } },
    );
    const model = 'openai/gpt-5-mini';
    const run = await lab.run({ ...batch, model });
    const { costUsd } = await summaryOf(run);
    // The first one at the full price.
    expect(costUsd).toBeCloseTo((0.25 / 1000) * (1 + (cases - 1) / 2), 10);
    const request = { prompt: 'sentiment', set: 'reviews', model, split: 'all', useCache: false } as const;
    const plan = await planRun(lab.workbench, lab.project, { ...request, mode: 'batch' });
    const live = await planRun(lab.workbench, lab.project, request);
    expect(plan.costUsd).toBeCloseTo((live.costUsd ?? 0) / 2, 10);
  });

  it('answers from the cache before anything is sent, and fills it', async () => {
    await open();
    await lab.run(batch);
    const again = await lab.run({ ...batch, mode: 'live' });
    expect(await summaryOf(again)).toMatchObject({ done: cases, cached: cases });
    const batched = await lab.run(batch);
    expect(await summaryOf(batched)).toMatchObject({ done: cases, cached: cases });
    expect(await batchesOf(batched)).toEqual([]);
    expect(lab.server.batches.batches.size).toBe(1);
  });

  it('asks each repeat', async () => {
    await open();
    const run = await lab.run({ ...batch, repeats: 3 });
    expect(run.status).toBe('completed');
    expect(await summaryOf(run)).toMatchObject({ done: 3 * cases, n: cases });
    expect(lab.server.batches.count).toBe(3 * cases - 1);
  });

  it('has no time of a model', async () => {
    await open();
    expect(await summaryOf(await lab.run(batch))).toMatchObject({ latencyP50Ms: null, latencyP95Ms: null });
    const live = await summaryOf(await lab.run({ split: 'all', useCache: false }));
    expect(live.latencyP50Ms).toBeGreaterThan(0);
  });

  it('leaves out what the model refuses, as it was told at once', async () => {
    const content = { ...labels, parameters: { temperature: 0 } };
    await open({}, { content, server: { fixedParameters: { temperature: 1 } } });
    const run = await lab.run(batch);
    await expectWholeBut(run, { errors: 0 });
    const [result] = await lab.workbench.stores.results.page(run.id);
    expect(result?.result).toMatchObject({ reply: { notes: ['temperature was left out: this model refuses it.'] } });
  });
});

async function expectWholeBut(run: Run, { errors }: { errors: number }) {
  expect(await summaryOf(run)).toMatchObject({ done: cases, errors });
}

describe('what a batch does not answer', () => {
  it('is sent again in the next one, where it may help', async () => {
    const faults = ['rateLimited', 'serverError', 'broken', 'missing', null] as const;
    await open({ fault: ({ attempt, index }) => (attempt === 1 ? (faults[index % faults.length] ?? null) : null) });
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWholeBut(run, { errors: 0 });
    expect(await batchesOf(run)).toMatchObject([{ round: 1 }, { round: 2, requests: 9 }]);
  });

  it('is an error at once where it does not help', async () => {
    await open({ fault: ({ index }) => (index === 4 ? 'refused' : null) });
    const run = await lab.run({ ...batch, maxErrors: { type: 'count', value: 1 } });
    expect(run.status).toBe('completed');
    await expectWholeBut(run, { errors: 1 });
    expect(await batchesOf(run)).toHaveLength(1);
    expect(await lab.workbench.stores.results.errorCounts(run.id)).toEqual({ refused_request: 1 });
  });

  it('is an error after the usual tries, and is asked again when errors are retried', async () => {
    let fails = true;
    await open({
      takesMs: 1,
      fault: ({ index }) => (fails && index % 11 === 2 ? 'serverError' : fails && index > 10 ? 'serverError' : null),
    });
    const run = await lab.run(batch);
    expect(run.status).toBe('failed');
    expect(await batchesOf(run)).toHaveLength(mostTries);
    expect(await lab.workbench.stores.results.errorCounts(run.id)).toEqual({ server_error: 1 });
    fails = false;
    const { finished } = await retryErrors(lab.workbench, run.id);
    expect((await finished).status).toBe('completed');
    await expectWholeBut(run, { errors: 0 });
  });

  it('because the batch expired, is sent again', async () => {
    await open({ outcome: (place) => (place === 0 ? 'expired' : null) });
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWholeBut(run, { errors: 0 });
    expect(await batchesOf(run)).toMatchObject([{ status: 'expired' }, { status: 'completed', requests: 6 }]);
  });

  it('because the batch was refused, ends the run with the reason, and resumed it goes on', async () => {
    await open({ outcome: (place) => (place === 0 ? { failed: 'billing_hard_limit_reached' } : null) });
    const run = await lab.run(batch);
    expect(run).toMatchObject({
      status: 'failed',
      statusReason: expect.stringContaining('billing_hard_limit_reached'),
    });
    expect(await resume(lab.workbench, run.id)).toMatchObject({ status: 'completed' });
    await expectWholeBut(run, { errors: 0 });
  });

  it('because too much was on its way, goes in smaller batches one after the other', async () => {
    await open({ takesMs: 1, outcome: (_, requests) => (requests > 5 ? { failed: 'token_limit_exceeded' } : null) });
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWholeBut(run, { errors: 0 });
    const sent = await batchesOf(run);
    expect(sent.map(({ requests, round }) => [requests, round])).toEqual([
      [11, 1],
      [5, 1],
      [5, 1],
      [1, 1],
    ]);
    expect(await noted(run)).toContain('one after the other');
  });

  it('because others are under way, waits for them', async () => {
    await open({ takesMs: 300, outcome: (place) => (place === 2 ? { failed: 'token_limit_exceeded' } : null) });
    await allow(4);
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWholeBut(run, { errors: 0 });
    const sent = await batchesOf(run);
    expect(sent.map(({ requests, status }) => [requests, status])).toEqual([
      [4, 'completed'],
      [4, 'completed'],
      [3, 'failed'],
      [3, 'completed'],
    ]);
  });
});

describe('what goes wrong on the way', () => {
  it('a file that breaks off is read again, and nothing is stored twice', async () => {
    await open({ cutDownloads: 2 });
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWhole(run);
    expect(await lab.workbench.stores.results.page(run.id)).toHaveLength(cases);
  });

  it('a batch that was made though nobody heard so is found again', async () => {
    await open({ lostCreations: 1 });
    const run = await lab.run(batch);
    expect(run.status).toBe('completed');
    await expectWhole(run);
    expect(lab.server.batches.batches.size).toBe(1);
  });

  it('a wrong model or key shows at once, and nothing is sent', async () => {
    await open({}, { server: { models: ['another-model'] } });
    const run = await lab.run(batch);
    expect(run).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('test-model') });
    expect(lab.server.batches.batches.size).toBe(0);
  });

  it('requests that are refused outright are not sent by the thousand', async () => {
    await open({}, { server: { contextLimit: 1 } });
    const run = await lab.run(batch);
    expect(run).toMatchObject({
      status: 'failed',
      statusReason: expect.stringContaining('first 3 requests were refused'),
    });
    expect(await summaryOf(run)).toMatchObject({ done: 3, errors: 3 });
    expect(lab.server.batches.batches.size).toBe(0);
  });

  it('a cost cap that would be passed pauses the run', async () => {
    const server: CompatibleServerOptions = {
      answer: () => ({ content: 'positive', usage: { promptTokens: 1000, completionTokens: 0 } }),
    };
    await open({}, { server });
    const run = await lab.run({ ...batch, model: 'openai/gpt-5-mini', maxCostUsd: 0.0012 });
    expect(run).toMatchObject({ status: 'paused', statusReason: expect.stringContaining('cost cap') });
    const { costUsd, done } = await summaryOf(run);
    expect(costUsd).toBeLessThanOrEqual(0.0012);
    expect(done).toBeGreaterThan(1);
    expect(done).toBeLessThan(cases);
  });

  it('is not begun where there are no batches, or where it could end early', async () => {
    await open(false);
    await expect(lab.run(batch)).rejects.toMatchObject({ code: 'batches_missing' });
    await expect(lab.run({ ...batch, model: 'builtin/lexicon' })).rejects.toMatchObject({ code: 'batches_missing' });
    await expect(lab.run({ ...batch, stopAtRate: 0.8 })).rejects.toMatchObject({ code: 'early_stop_with_batch' });
  });
});

describe('a run that outlives its process', () => {
  it('is at the provider while nobody follows it, and whoever comes next goes on', async () => {
    await open({ takesMs: 1500 });
    const { id } = await startSlow();
    const workbench = await lab.reopen();
    const waiting = await workbench.stores.runs.get(id);
    expect(waiting).toMatchObject({
      status: 'running',
      endedAt: null,
      statusReason: expect.stringContaining(`runs resume ${id}`),
    });
    expect(await workbench.stores.runLists.find(lab.project.id, { status: 'running' })).toHaveLength(1);
    await expect(deleteRun(workbench, id, '')).rejects.toMatchObject({ code: 'run_under_way' });
    expect(await resume(workbench, id)).toMatchObject({ status: 'completed', statusReason: '' });
    await expectWhole(waiting, workbench);
  });

  it('is followed by a server that runs', async () => {
    await open({ takesMs: 600 });
    const { id } = await startSlow();
    const workbench = await lab.reopen();
    const ending = new AbortController();
    const following = followBatches(workbench, ending.signal);
    await expect.poll(async () => (await workbench.stores.runs.get(id)).status).toBe('completed');
    ending.abort();
    await following;
    await expectWhole(await workbench.stores.runs.get(id), workbench);
  });

  it('lets go of the run once all is sent', async () => {
    await open({ takesMs: 600 });
    const run = await lab.create(batch);
    const { finished } = await lab.workbench.runner.start(run.id);
    await lab.workbench.runner.detach(run.id, { atOnce: false });
    expect(await finished).toMatchObject({ status: 'running' });
    expect(lab.server.batches.count).toBe(cases - 1);
    expect(await resume(lab.workbench, run.id)).toMatchObject({ status: 'completed' });
    await expectWhole(run);
  });

  it('rests with the reason where it can’t be followed, is resumed once that is mended, and else given up', async () => {
    await open({ takesMs: 400 });
    const runs = [await startSlow(), await lab.create({ ...batch, useCache: false })];
    const [first, second] = runs.map(({ id }) => id);
    if (first === undefined || second === undefined) throw new Error('two were made');
    const started = await lab.workbench.runner.start(second);
    await lab.workbench.runner.detach(second, { atOnce: false });
    await started.finished;
    const workbench = await lab.reopen();
    const { get } = workbench.providers;
    const gone = () => Promise.reject(conflict('connection_key_missing', 'OpenAI needs a key.'));
    workbench.providers.get = gone;
    const ending = new AbortController();
    const following = followBatches(workbench, ending.signal);
    for (const id of [first, second]) {
      await expect
        .poll(() => workbench.stores.runs.get(id))
        .toMatchObject({ status: 'paused', statusReason: 'OpenAI needs a key.' });
    }
    ending.abort();
    await following;
    await cancelRun(workbench, second);
    expect(await workbench.stores.runs.get(second)).toMatchObject({ status: 'cancelled' });
    await deleteRun(workbench, second, '');
    workbench.providers.get = get;
    expect(await resume(workbench, first)).toMatchObject({ status: 'completed' });
    expect(await summaryOf({ id: first }, workbench)).toMatchObject({ done: cases, errors: 0 });
  });

  it('is followed by one process at a time', async () => {
    await open({ takesMs: 600 });
    const { id } = await startSlow();
    await expect(resumeRun(await lab.openAnother(), id)).rejects.toMatchObject({ code: 'run_taken' });
  });
});

describe('paused or cancelled', () => {
  it.each([
    ['paused', pauseRun],
    ['cancelled', cancelRun],
  ] as const)('it is %s: the batch is cancelled, and what it brought by then is stored', async (status, stop) => {
    await open({ takesMs: 2000 });
    const run = await startSlow();
    await expect.poll(async () => (await batchesOf(run))[0]?.completed, { interval: 20 }).toBeGreaterThan(2);
    await stop(lab.workbench, run.id);
    expect(await batchesOf(run)).toMatchObject([{ ending: status }]);
    await expect.poll(async () => (await lab.workbench.stores.runs.get(run.id)).status).toBe(status);
    const { done } = await summaryOf(run);
    expect(done).toBeGreaterThan(2);
    expect(done).toBeLessThan(cases);
    expect(await resume(lab.workbench, run.id)).toMatchObject({ status: 'completed' });
    await expectWholeBut(run, { errors: 0 });
  });

  it('goes on to be cancelled when the process ends in the middle', async () => {
    await open({ takesMs: 5000 });
    const run = await startSlow();
    await cancelRun(lab.workbench, run.id);
    const workbench = await lab.reopen();
    expect((await resume(workbench, run.id)).status).toBe('cancelled');
    expect((await summaryOf(run, workbench)).done).toBeLessThan(cases);
  });

  it('is cancelled though nobody follows it', async () => {
    await open({ takesMs: 5000 });
    const { id } = await startSlow();
    const workbench = await lab.reopen();
    await cancelRun(workbench, id);
    await expect.poll(async () => (await workbench.stores.runs.get(id)).status).toBe('cancelled');
    expect([...lab.server.batches.batches.values()][0]?.cancelledAt).not.toBeNull();
    await deleteRun(workbench, id, '');
  });
});
