import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { newRunOwner } from '../../server/storage/run-owner.ts';
import type { RunRequest } from '../../server/storage/run-store.ts';
import type { Opened } from './store-contract.ts';
import { answered, failed, leaseMs, newRun, owner, seed, store } from './store-seed.ts';

const other = 'elsewhere:2:other';
const ended = { status: 'completed' as const, reason: 'done', wallMs: 1234 };

export function runContract(opened: Opened): void {
  it('deletes a run as a whole, leaves the others as they are, and never gives its number again', async () => {
    const { stores, execute } = opened();
    const seeded = await seed(stores);
    const [item] = seeded.cases;
    if (!item) throw new Error('there are three cases');
    const last = await stores.runs.create(newRun(seeded));
    for (const run of [seeded.run, last]) {
      await store(stores, { ...seeded, run }, [answered(item, 'passed')]);
      await stores.runs.addEvent(run.id, { type: 'note', text: '' });
      const [judged] = await stores.results.page(run.id);
      const resultId = judged?.result.id;
      if (resultId === undefined) throw new Error('a result was stored');
      await stores.runs.rest(run.id, owner, ended);
      await stores.reviews.add({ resultId, category: 'tone', note: '', verdict: null, author: '' });
    }
    expect(await stores.keptRuns.goesWith(last.id)).toEqual({
      results: 1,
      reviews: 1,
      comments: 0,
      productionCases: 0,
    });
    expect(await stores.keptRuns.delete(last.id, { prompt: 'p' }, 'Ada')).toBe(true);
    await expect(stores.runs.get(last.id)).rejects.toMatchObject({ code: 'run_missing' });
    expect(await stores.keptRuns.delete(last.id, {}, '')).toBe(false);
    expect(await stores.keptRuns.goesWith(seeded.run.id)).toMatchObject({ results: 1, reviews: 1 });
    expect(await stores.runs.summary(seeded.run.id)).toMatchObject({ passed: 1 });
    expect((await stores.runs.create(newRun(seeded))).id).toBe(last.id + 1);
    for (const table of ['review', 'judgement', 'scoring', 'runEvent', 'deletedRun'])
      await expect(execute(`delete from ${table}`), table).rejects.toThrow(/append-only/);
  });

  it('does not delete what is being executed', async () => {
    const { stores } = opened();
    const { run } = await seed(stores);
    await stores.runs.claim(run.id, owner, leaseMs);
    expect(await stores.keptRuns.delete(run.id, {}, '')).toBe(false);
    expect(await stores.runs.get(run.id)).toMatchObject({ id: run.id });
  });

  it('keeps by what the calls of a run were priced', async () => {
    const { stores } = opened();
    const { run } = await seed(stores);
    expect(await stores.runs.priceBases(run.id)).toEqual([]);
    const basis = { price: { input: 1, cachedInput: null, output: 2 }, origin: { type: 'this_machine' as const } };
    await stores.runs.setPriceBases(run.id, [basis]);
    expect(await stores.runs.priceBases(run.id)).toEqual([basis]);
  });

  it('keeps note, tags and whether a run is archived', async () => {
    const { stores } = opened();
    const { run } = await seed(stores);
    await stores.keptRuns.change(run.id, { tags: ['b', 'a', 'b'], note: 'why', archived: true });
    expect(await stores.runs.get(run.id)).toMatchObject({
      tags: ['a', 'b'],
      note: 'why',
      archivedAt: expect.any(String),
    });
    await stores.keptRuns.change(run.id, { archived: false });
    expect(await stores.runs.get(run.id)).toMatchObject({ tags: ['a', 'b'], note: 'why', archivedAt: null });
  });

  it('keeps what made a run, queued, with its first scoring', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const { id: _, createdAt: __, ...run } = seeded.run;
    expect(run).toEqual({
      ...newRun(seeded),
      status: 'queued',
      statusReason: '',
      servedModel: null,
      startedAt: null,
      endedAt: null,
      tags: [],
      archivedAt: null,
    });
    expect(await stores.runs.scoring(seeded.run.id)).toMatchObject({
      number: 1,
      scorers: run.scorers,
      threshold: null,
    });
    const second = await stores.runs.create(newRun(seeded));
    expect((await stores.runs.list(seeded.project.id)).map(({ id }) => id)).toEqual([second.id, seeded.run.id]);
    await stores.runs.setServedModel(second.id, 'test-model-2026');
    expect(await stores.runs.get(second.id)).toEqual({ ...second, servedModel: 'test-model-2026' });
    await expect(stores.runs.get(0 as typeof second.id)).rejects.toMatchObject({ code: 'run_missing' });
  });

  it('is executed by one owner at a time', async () => {
    const { stores } = opened();
    const { runs } = stores;
    const { run } = await seed(stores);
    expect(await runs.claim(run.id, owner, leaseMs)).toBe(true);
    expect(await runs.get(run.id)).toMatchObject({ status: 'running', startedAt: expect.any(String), endedAt: null });
    expect(await runs.claim(run.id, other, leaseMs)).toBe(false);
    expect(await runs.renew(run.id, other, leaseMs, 1)).toBe('lost');
    expect(await runs.rest(run.id, other, ended)).toBe(false);
    expect(await runs.renew(run.id, owner, leaseMs, 500)).toBeNull();
    expect(await runs.summary(run.id)).toMatchObject({ wallMs: 500 });
    expect(await runs.rest(run.id, owner, ended)).toBe(true);
    expect(await runs.get(run.id)).toMatchObject({
      status: 'completed',
      statusReason: 'done',
      endedAt: expect.any(String),
    });
    expect(await runs.rest(run.id, owner, ended)).toBe(false);
  });

  it('takes one of many that claim it at once', async () => {
    const { stores } = opened();
    const { run } = await seed(stores);
    const owners = Array.from({ length: 20 }, (_, index) => `elsewhere:${index}:x`);
    const claims = await Promise.all(owners.map((name) => stores.runs.claim(run.id, name, leaseMs)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('shows a run as interrupted when its lease ran out, and gives it to another; the first has lost it', async () => {
    const { stores } = opened();
    const { runs } = stores;
    const { run, project } = await seed(stores);
    await runs.claim(run.id, owner, -1);
    expect(await runs.get(run.id)).toMatchObject({
      status: 'interrupted',
      statusReason: expect.stringContaining('Resume'),
    });
    expect((await runs.list(project.id))[0]).toMatchObject({ status: 'interrupted' });
    const { startedAt } = await runs.get(run.id);
    expect(await runs.claim(run.id, other, leaseMs)).toBe(true);
    expect(await runs.get(run.id)).toMatchObject({ status: 'running', startedAt });
    expect(await runs.renew(run.id, owner, leaseMs, 0)).toBe('lost');
  });

  it('does not wait for the lease of a process that is known to be gone', async () => {
    const { stores } = opened();
    const { runs } = stores;
    const seeded = await seed(stores);
    const gone = `${hostname()}:${spawnSync(process.execPath, ['-v']).pid}:x`;
    await runs.claim(seeded.run.id, gone, leaseMs);
    expect(await runs.get(seeded.run.id)).toMatchObject({ status: 'interrupted' });
    expect(await runs.request(seeded.run.id, 'cancel')).toBe('at_rest');
    expect(await runs.get(seeded.run.id)).toMatchObject({ status: 'cancelled' });
    const second = await runs.create(newRun(seeded));
    await runs.claim(second.id, gone, leaseMs);
    expect(await runs.claim(second.id, owner, leaseMs)).toBe(true);
    expect(await runs.claim(second.id, newRunOwner(), leaseMs)).toBe(false);
  });

  it('lets an owner that was late renew what nobody took meanwhile', async () => {
    const { stores } = opened();
    const { run } = await seed(stores);
    await stores.runs.claim(run.id, owner, -1);
    expect(await stores.runs.renew(run.id, owner, leaseMs, 0)).toBeNull();
    expect(await stores.runs.claim(run.id, other, leaseMs)).toBe(false);
  });

  it.each<RunRequest>(['pause', 'cancel'])('tells the owner of a request to %s once it renews', async (request) => {
    const { stores } = opened();
    const { run } = await seed(stores);
    await stores.runs.claim(run.id, owner, leaseMs);
    expect(await stores.runs.request(run.id, request)).toBe('asked');
    expect(await stores.runs.get(run.id)).toMatchObject({ status: 'running' });
    expect(await stores.runs.renew(run.id, owner, leaseMs, 0)).toBe(request);
    await stores.runs.rest(run.id, owner, { ...ended, status: 'paused' });
    expect(await stores.runs.get(run.id)).toMatchObject({ status: 'paused', endedAt: null });
    await stores.runs.claim(run.id, owner, leaseMs);
    expect(await stores.runs.renew(run.id, owner, leaseMs, 0)).toBeNull();
  });

  it('pauses and cancels at once what nobody executes, but not what has ended', async () => {
    const { stores } = opened();
    const { runs } = stores;
    const seeded = await seed(stores);
    const queued = seeded.run;
    expect(await runs.request(queued.id, 'pause')).toBe('at_rest');
    expect(await runs.get(queued.id)).toMatchObject({ status: 'paused', endedAt: null });
    const abandoned = await runs.create(newRun(seeded));
    await runs.claim(abandoned.id, owner, -1);
    expect(await runs.request(abandoned.id, 'cancel')).toBe('at_rest');
    expect(await runs.get(abandoned.id)).toMatchObject({
      status: 'cancelled',
      statusReason: '',
      endedAt: expect.any(String),
    });
    expect(await runs.renew(abandoned.id, owner, leaseMs, 0)).toBe('lost');
    const completed = await runs.create(newRun(seeded));
    await runs.claim(completed.id, owner, leaseMs);
    await runs.rest(completed.id, owner, ended);
    await runs.request(completed.id, 'cancel');
    expect(await runs.get(completed.id)).toMatchObject({ status: 'completed', statusReason: 'done' });
  });

  it('numbers the events of a run and gives those that a watcher missed', async () => {
    const { stores } = opened();
    const { runs } = stores;
    const seeded = await seed(stores);
    const second = await runs.create(newRun(seeded));
    const events = await Promise.all(
      Array.from({ length: 5 }, (_, index) => runs.addEvent(seeded.run.id, { type: 'note', text: `note ${index}` })),
    );
    const status = await runs.addEvent(seeded.run.id, { type: 'status', status: 'paused', reason: 'cap' });
    expect(await runs.addEvent(second.id, { type: 'note', text: 'other' })).toMatchObject({ number: 1 });
    expect(status).toMatchObject({ number: 6, runId: seeded.run.id, status: 'paused', at: expect.any(String) });
    expect(await runs.eventsAfter(seeded.run.id, 0)).toEqual([...events, status]);
    expect(await runs.eventsAfter(seeded.run.id, 4)).toEqual([events[4], status]);
    expect(await runs.eventsAfter(seeded.run.id, 6)).toEqual([]);
  });

  it('counts results by what counts of them now', async () => {
    const { stores } = opened();
    const seeded = await seed(stores, ['dev', 'dev', 'dev', 'dev', 'holdout']);
    const [a, b, c, d, e] = seeded.cases;
    if (!a || !b || !c || !d || !e) throw new Error('there are five cases');
    await store(stores, seeded, [
      answered(a, 'passed', { latencyMs: 100 }),
      answered(b, 'failed', { latencyMs: 300 }),
      answered(c, 'no_answer', { latencyMs: 0, reply: { fromCache: true, costUsd: 0 } }),
      failed(d),
      answered(e, 'passed', { latencyMs: 200 }),
    ]);
    const summary = await stores.runs.summary(seeded.run.id);
    expect(summary).toEqual({
      passed: 2,
      failed: 2,
      noAnswer: 1,
      errors: 1,
      n: 4,
      passRate: 0.5,
      interval: [expect.closeTo(0.15, 3), expect.closeTo(0.85, 3)],
      total: 5,
      done: 5,
      // Replies from the cache took no tokens.
      inputTokens: 30,
      outputTokens: 6,
      cachedInputTokens: 12,
      costUsd: expect.closeTo(0.003),
      judgingCostUsd: 0,
      judgeCounts: [],
      cached: 1,
      wallMs: 0,
      latencyP50Ms: 200,
      latencyP95Ms: 300,
      bySplit: {
        dev: { passed: 1, failed: 2, noAnswer: 1, errors: 1, n: 3, passRate: 1 / 3, interval: expect.anything() },
        holdout: { passed: 1, failed: 0, noAnswer: 0, errors: 0, n: 1, passRate: 1, interval: expect.anything() },
      },
    });
    await stores.runs.rest(seeded.run.id, owner, ended);
    const atRest = { ...summary, wallMs: 1234 };
    expect(await stores.runs.summary(seeded.run.id)).toEqual(atRest);
    expect(await stores.runLists.find(seeded.project.id)).toMatchObject([{ summary: atRest }]);
  });

  it('knows no cost where a reply has none, and nothing of what was not judged', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const [a, b] = seeded.cases;
    if (!a || !b) throw new Error('there are three cases');
    expect(await stores.runs.summary(seeded.run.id)).toMatchObject({
      done: 0,
      total: 3,
      passRate: null,
      interval: null,
      costUsd: 0,
      latencyP95Ms: null,
      bySplit: {},
    });
    await store(stores, seeded, [answered(a, 'passed'), answered(b, 'passed', { reply: { costUsd: null } })]);
    expect(await stores.runs.summary(seeded.run.id)).toMatchObject({ costUsd: null, done: 2, passRate: 1 });
  });

  it('averages repeats per case first', async () => {
    const { stores } = opened();
    const seeded = await seed(stores, ['dev', 'dev']);
    const run = await stores.runs.create(newRun(seeded, { repeats: 2 }));
    const [a, b] = seeded.cases;
    if (!a || !b) throw new Error('there are two cases');
    await store(stores, { ...seeded, run }, [
      answered(a, 'passed'),
      answered(a, 'passed', { repeat: 1 }),
      answered(b, 'passed'),
      failed(b, { repeat: 1 }),
    ]);
    expect(await stores.runs.summary(run.id)).toMatchObject({ passed: 3, errors: 1, total: 4, done: 4, passRate: 1 });
  });
}
