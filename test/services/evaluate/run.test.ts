import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import type { RunEvent } from '../../../server/domain/run-event.ts';
import { anytimeInterval, isExcluded } from '../../../server/domain/statistics/confidence-sequence.ts';
import { cancelRun, pauseRun, resumeRun, retryErrors } from '../../../server/services/evaluate/control-run.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { runOverview } from '../../../server/services/evaluate/run-overview.ts';
import { setConnectionLimits } from '../../../server/services/models/connections.ts';
import { labels, openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testKey } from '../../fixtures/workbench.ts';

/** The waits of the engine, shortened: how long they are, test/domain says. */
vi.mock('../../../server/domain/backoff.ts', async (original) => {
  const backoff = await original<typeof import('../../../server/domain/backoff.ts')>();
  return { ...backoff, backoffMs: (...of: Parameters<typeof backoff.backoffMs>) => backoff.backoffMs(...of) / 20 };
});

/** What the lab's set expects of the review that is asked about. */
const rightAnswer = (content: string) => (Number(/\d+$/.exec(content)?.[0]) % 2 === 0 ? 'positive' : 'negative');

let lab: RunLab;
afterEach(() => lab.close());

const summary = (run: { id: RunId }) => lab.workbench.stores.runs.summary(run.id);
const outcomes = async (run: { id: RunId }) =>
  (await lab.workbench.stores.results.page(run.id))
    .map((row) => [row.case.key, row.judgement?.outcome ?? 'error'])
    .sort();

describe('a run', () => {
  it('asks once for each case and counts what came back', async () => {
    lab = await openRunLab({
      cases: 40,
      server: { answer: ({ content }) => (content.endsWith('7') ? 'no idea' : 'It is positive.') },
    });
    const run = await lab.run();
    expect(run.status).toBe('completed');
    expect(lab.server.count).toBe(40);
    expect(await summary(run)).toMatchObject({
      total: 40,
      done: 40,
      passed: 20,
      failed: 20,
      noAnswer: 4,
      errors: 0,
      passRate: 0.5,
      cached: 0,
    });
    expect(run.servedModel).toBe('test-model');
  });

  it('asks nothing twice: a second run is answered from the cache', async () => {
    lab = await openRunLab({ cases: 30 });
    const first = await lab.run();
    const second = await lab.run();
    expect(lab.server.count).toBe(30);
    expect(await summary(second)).toMatchObject({ cached: 30, done: 30, costUsd: 0, inputTokens: 0 });
    expect(await outcomes(second)).toEqual(await outcomes(first));
    await lab.run({ useCache: false });
    expect(lab.server.count).toBe(60);
  });

  it('ends early once the rate clearly lies above what was asked for, with the interval that allows for it', async () => {
    lab = await openRunLab({ cases: 200, server: { answer: ({ content }) => rightAnswer(content) } });
    const run = await lab.run({ stopAtRate: 0.6, concurrency: 4 });
    const { done, passed, n, passRate, interval, total } = await summary(run);
    expect(run.status).toBe('completed');
    expect(run.statusReason).toMatch(/^Stopped early: the pass rate clearly lies above 60\.0 %\./);
    expect(total).toBe(200);
    expect(done).toBeLessThan(40);
    expect({ passed, n, passRate }).toEqual({ passed: done, n: done, passRate: 1 });
    expect(interval).toEqual(anytimeInterval(passed, n));
    // In random order: not the first ones of the set.
    const keys = (await outcomes(run)).map(([key]) => key);
    expect(keys).not.toEqual(Array.from({ length: done }, (_, index) => `case-${index}`));
    // What was asked is in the cache, and the next run of its own order goes on from there.
    await lab.run({ stopAtRate: 0.6 });
    expect(lab.server.count).toBeLessThan(80);
  });

  it('asks for its errors again though it has ended early, and for nothing that it left out', async () => {
    let broken = true;
    const failing = new Set<string>();
    const enough = Array.from({ length: 200 }, (_, n) => n).findIndex((n) => n > 0 && isExcluded(0.6, n, n));
    lab = await openRunLab({
      cases: 200,
      server: {
        answer: ({ content }) => rightAnswer(content),
        delayMs: 20,
        faults: {
          perRequest({ content, index, attempt }) {
            if (attempt === 1 && index >= enough) failing.add(content);
            return broken && failing.has(content) ? 'serverError' : null;
          },
        },
      },
    });
    const run = await lab.run({ stopAtRate: 0.6, concurrency: 4, maxErrors: { type: 'count', value: 9 } });
    const { done, errors } = await summary(run);
    expect(errors).toBeGreaterThan(0);
    expect(run.statusReason).toMatch(/^Stopped early/);
    broken = false;
    await (await retryErrors(lab.workbench, run.id)).finished;
    expect(await summary(run)).toMatchObject({ errors: 0, done });
  });

  it('asks all its cases where the rate is not clear, and each once', async () => {
    lab = await openRunLab({ cases: 30, server: { answer: () => 'positive' } });
    const run = await lab.run({ stopAtRate: 0.5 });
    expect(await summary(run)).toMatchObject({ done: 30, total: 30 });
    expect(run).toMatchObject({ status: 'completed', statusReason: '' });
    await expect(lab.run({ stopAtRate: 0.5, repeats: 2 })).rejects.toMatchObject({ code: 'early_stop_with_repeats' });
  });

  it('keeps repeats apart and averages them per case', async () => {
    lab = await openRunLab({
      cases: 10,
      server: { answer: ({ attempt }) => (attempt === 1 ? 'positive' : 'negative') },
    });
    const run = await lab.run({ repeats: 2, concurrency: 1 });
    expect(lab.server.count).toBe(20);
    expect(await summary(run)).toMatchObject({ total: 20, passed: 10, failed: 10, n: 10, passRate: 0.5 });
  });

  it('never has more calls under way than it was allowed', async () => {
    lab = await openRunLab({ cases: 60, server: { delayMs: 20 } });
    await lab.run({ concurrency: 5 });
    expect(lab.server.maxInFlight).toBe(5);
  });

  it('tells what happens, in increasing numbers and with the last count', async () => {
    lab = await openRunLab({ cases: 30, server: { delayMs: 20 } });
    const run = await lab.create({ concurrency: 2 });
    const events: RunEvent[] = [];
    const stop = lab.workbench.runner.subscribe(run.id, (event) => events.push(event));
    await (await lab.workbench.runner.start(run.id)).finished;
    stop();
    const kept = events.flatMap((event) => (event.type === 'progress' ? [] : [event.number]));
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    expect(events.filter((event) => event.type === 'status').map((event) => event.status)).toEqual([
      'running',
      'completed',
    ]);
    const last = events.findLast((event) => event.type === 'progress');
    expect(last?.summary).toMatchObject({ done: 30, total: 30 });
    expect(events.filter((event) => event.type === 'progress').length).toBeGreaterThan(1);
    expect(await lab.workbench.stores.runs.eventsAfter(run.id, kept[0] ?? 0)).toHaveLength(kept.length - 1);
  });
});

describe('what fails', () => {
  it('ends every case as an answer or an error with its reason, and lets errors be retried alone', async () => {
    lab = await openRunLab({
      cases: 100,
      server: {
        faults: {
          rateLimited: 0.1,
          serverError: 0.05,
          cutOff: 0.02,
          silent: 0.02,
          brokenJson: 0.01,
          seed: 7,
          retryAfterSeconds: 1,
        },
      },
    });
    const run = await lab.run({ concurrency: 16, timeoutMs: 400 });
    const counts = await summary(run);
    expect(counts.done).toBe(100);
    expect(counts.passed + counts.failed + counts.errors).toBe(100);
    expect(counts.errors).toBeLessThan(8);
    for (const { result } of await lab.workbench.stores.results.page(run.id, { outcome: 'error' })) {
      expect(result.type === 'error' && result.failure.message).toMatch(/\w+/);
    }
    expect(lab.server.byFault.rateLimited).toBeGreaterThan(0);
    expect(lab.server.byFault.silent).toBeGreaterThan(0);
  });

  it('stores errors beside the rate, fails above the limit, and asks again only for them', async () => {
    let broken = true;
    lab = await openRunLab({
      cases: 20,
      content: {
        ...labels,
        messages: [{ role: 'user', content: 'positive or negative? {{review}}.' }],
      },
      server: {
        answer: () => 'positive',
        faults: { perRequest: ({ content }) => (broken && content.includes('number 3.') ? 'serverError' : null) },
      },
    });
    const run = await lab.run({ maxErrors: { type: 'count', value: 0 } });
    expect(run.status).toBe('failed');
    expect(run.statusReason).toMatch(/1 of 20 results are errors/);
    expect(await summary(run)).toMatchObject({ errors: 1, passed: 10, failed: 9 });
    const calls = lab.server.count;
    broken = false;
    const retried = await (await retryErrors(lab.workbench, run.id)).finished;
    expect(retried.status).toBe('completed');
    expect(lab.server.count).toBe(calls + 1);
    expect(await summary(run)).toMatchObject({ errors: 0, done: 20, passed: 10, failed: 10 });
    const [item] = await lab.workbench.stores.results.page(run.id, { search: 'number 3' });
    if (item === undefined) throw new Error('the result is not found');
    expect(item.result.attempt).toBe(2);
    expect(await lab.workbench.stores.results.attempts(run.id, item.result)).toHaveLength(2);
  });

  it('stops at once where no call can succeed, says why without the key, and goes on when that is mended', async () => {
    lab = await openRunLab({ cases: 200, server: { requireKey: 'another-key' } });
    const run = await lab.run({ concurrency: 4 });
    expect(run.status).toBe('failed');
    expect(run.statusReason).toMatch(/OPENAI_API_KEY/);
    expect(JSON.stringify(run)).not.toContain(testKey);
    expect(lab.server.count).toBeLessThanOrEqual(8);
    const stored = await lab.workbench.stores.results.page(run.id);
    expect(JSON.stringify(stored)).not.toContain(testKey);
  });

  it('keeps a cost cap, counting what is under way', async () => {
    lab = await openRunLab({
      cases: 200,
      server: {
        delayMs: 5,
        answer: () => ({ content: 'positive', usage: { promptTokens: 1000, completionTokens: 10 } }),
        models: ['gpt-4o'],
      },
    });
    // 1,000 input tokens of gpt-4o at $2.50 a million are $0.0025.
    const run = await lab.run({ model: 'openai/gpt-4o', maxCostUsd: 0.02, concurrency: 4 });
    expect(run.status).toBe('paused');
    expect(run.statusReason).toMatch(/cost cap/);
    const { costUsd, done } = await summary(run);
    expect(done).toBeGreaterThan(0);
    // What is expected of a call by its text is far below what this server charges: the first answer shows it.
    expect(costUsd).toBeLessThanOrEqual(0.02);
  });

  it('counts what judging costs into its cost cap, of calls under way as well', async () => {
    lab = await openRunLab({
      cases: 200,
      server: {
        delayMs: 5,
        answer: ({ content }) =>
          content.includes('<criterion-')
            ? {
                content: JSON.stringify({ reasoning: 'So it is.', verdict: 'pass' }),
                usage: { promptTokens: 2000, completionTokens: 10 },
              }
            : 'positive',
        models: ['gpt-4o'],
      },
    });
    const scorers = [{ name: 'rubric', args: 'It is a review', negate: false, weight: 1 }];
    const request = { model: 'openai/gpt-4o', judgeModel: 'openai/gpt-4o', scorers };
    const run = await lab.run({ ...request, maxCostUsd: 0.05, concurrency: 8 });
    expect(run).toMatchObject({ status: 'paused', statusReason: expect.stringMatching(/cost cap/) });
    const { costUsd, judgingCostUsd, done } = await summary(run);
    expect(done).toBeGreaterThan(5);
    expect(judgingCostUsd).toBeGreaterThan(0.03);
    expect((costUsd ?? 0) + (judgingCostUsd ?? 0)).toBeLessThanOrEqual(0.05);
  });

  it('waits for the limits of its connection, says so once, and counts no waiting as latency', async () => {
    lab = await openRunLab({ cases: 12 });
    const limits = { requestsPerMinute: 8, tokensPerMinute: null };
    await setConnectionLimits(lab.workbench, 'openai', limits);
    const run = await lab.start({ concurrency: 3 });
    await expect.poll(() => lab.server.count).toBe(8);
    const notes = async () =>
      (await lab.workbench.stores.runs.eventsAfter(run.id, 0)).flatMap((event) =>
        event.type === 'note' ? [event.text] : [],
      );
    await expect.poll(notes).toEqual(['Calls wait: openai is limited to 8 requests a minute in Settings.']);
    expect(lab.server.count).toBe(8);
    await setConnectionLimits(lab.workbench, 'openai', { ...limits, requestsPerMinute: null });
    await expect.poll(async () => (await lab.workbench.stores.runs.get(run.id)).status).toBe('completed');
    expect(lab.server.count).toBe(12);
    expect(await notes()).toHaveLength(1);
  });

  it('refuses a cost cap for a model without a price', async () => {
    lab = await openRunLab({ cases: 2 });
    // On this machine a model is free, so that a cap holds; elsewhere it needs a price.
    await expect(lab.create({ maxCostUsd: 1 })).resolves.toMatchObject({ status: 'queued' });
    await lab.workbench.stores.connections.add({
      slug: 'far',
      name: 'Far',
      baseUrl: 'https://models.example/v1',
      keyVariable: null,
    });
    await expect(lab.create({ model: 'far/unknown', maxCostUsd: 1 })).rejects.toMatchObject({
      code: 'cost_cap_without_price',
    });
    // A model that judges spends as well, unless no scorer asks it.
    const judged = { judgeModel: 'far/unknown', maxCostUsd: 1 };
    const rubric = { name: 'rubric', args: 'It is short', negate: false, weight: 1 };
    await expect(lab.create({ ...judged, scorers: [rubric] })).rejects.toMatchObject({
      code: 'cost_cap_without_price',
    });
    await expect(lab.create(judged)).resolves.toMatchObject({ status: 'queued' });
  });
});

describe('stopping', () => {
  it('pauses after the calls under way and resumes with what is missing', async () => {
    lab = await openRunLab({ cases: 80, server: { delayMs: 10 } });
    const run = await lab.start({ concurrency: 4 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    const paused = await pauseRun(lab.workbench, run.id);
    expect(paused.status).toBe('paused');
    const { done } = await summary(run);
    expect(done).toBeLessThan(80);
    expect(lab.server.count).toBe(done);
    const { finished } = await resumeRun(lab.workbench, run.id);
    expect((await finished).status).toBe('completed');
    expect(lab.server.count).toBe(80);
    expect(new Set(lab.server.callsByContent.values())).toEqual(new Set([1]));
  });

  it('cancels the calls under way', async () => {
    lab = await openRunLab({ cases: 20, server: { delayMs: 5000 } });
    const run = await lab.start({ concurrency: 4 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await cancelRun(lab.workbench, run.id)).status).toBe('cancelled');
    // Had it waited for them, they would be stored.
    expect((await summary(run)).done).toBe(0);
  });

  it('lets one process at a time execute a run, and another one pause it', async () => {
    lab = await openRunLab({ cases: 200, server: { delayMs: 20 } });
    const other = await lab.openAnother();
    const run = await lab.start({ concurrency: 2 });
    await expect(other.runner.start(run.id)).rejects.toMatchObject({ code: 'run_taken' });
    expect((await other.stores.runs.get(run.id)).status).toBe('running');
    await other.runner.request(run.id, 'pause');
    await expect.poll(async () => (await other.stores.runs.get(run.id)).status).toBe('paused');
    const { finished } = await other.runner.start(run.id);
    expect((await finished).status).toBe('completed');
    expect(lab.server.count).toBe(200);
  });

  it('stands as interrupted when its program ends in order', async () => {
    lab = await openRunLab({ cases: 100, server: { delayMs: 20 } });
    const run = await lab.start({ concurrency: 2 });
    await lab.workbench.runner.close();
    expect(await lab.workbench.stores.runs.get(run.id)).toMatchObject({ status: 'interrupted' });
  });
});

describe('re-scoring', () => {
  it('judges the stored outputs again without a call, and keeps the old scoring', async () => {
    lab = await openRunLab({ cases: 10, server: { answer: () => 'It is positive.' } });
    const run = await lab.run();
    expect((await summary(run)).passed).toBe(5);
    const rescored = await rescoreRun(lab.workbench, run.id, {
      threshold: null,
      judgeModel: null,
      embeddingModel: null,
      scorers: [{ name: 'exact', args: '', negate: false, weight: 1 }],
    });
    expect(lab.server.count).toBe(10);
    expect(await runOverview(lab.workbench, rescored)).toMatchObject({
      passed: 0,
      failed: 10,
      scorers: ['exact'],
      prompt: 'sentiment',
      set: 'reviews',
    });
  });
});
