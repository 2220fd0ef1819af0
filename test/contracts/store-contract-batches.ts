import { expect, it } from 'vitest';
import type { Batch } from '../../server/domain/batch.ts';
import type { Stores } from '../../server/storage/stores.ts';
import type { Opened } from './store-contract.ts';
import { answered, leaseMs, newRun, owner, type Seed, seed, seedSet, store } from './store-seed.ts';

const atProvider = {
  status: 'in_progress',
  completed: 1,
  failed: 0,
  expiresAt: '2026-11-26T00:00:00.000Z',
  reason: '',
} as const;
/** A batch over all cases of a run. */
const addBatch = (stores: Stores, { run, cases }: Seed, marker = 'm1'): Promise<Batch> =>
  stores.batches.add(run.id, {
    round: 1,
    marker,
    estimatedUsd: 0.5,
    leftOut: ['temperature'],
    items: cases.map(({ id }) => ({ caseId: id, repeat: 0, attempt: 1 })),
  });

export function batchContract(opened: Opened): void {
  it('keeps a batch before it is sent, with what it asks for, and what its provider says of it', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const { run, cases } = seeded;
    const batch = await addBatch(stores, seeded);
    expect(batch).toMatchObject({
      runId: run.id,
      number: 1,
      round: 1,
      marker: 'm1',
      providerId: null,
      status: 'submitting',
      requests: 3,
      completed: 0,
      failed: 0,
      estimatedUsd: 0.5,
      leftOut: ['temperature'],
      ending: null,
      expiresAt: null,
      settledAt: null,
    });
    await stores.batches.submitted(batch.id, 'batch_1', atProvider);
    expect(await stores.batches.open(run.id)).toEqual([{ ...batch, ...atProvider, providerId: 'batch_1' }]);
    const [first, second] = cases.map(({ id }) => id);
    if (first === undefined || second === undefined) throw new Error('there are three cases');
    expect(await stores.batches.itemsUnderWay(run.id, [first, second])).toEqual([
      { caseId: first, repeat: 0 },
      { caseId: second, repeat: 0 },
    ]);
  });

  it('knows what has no result of it yet, and forgets its items once it is settled', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const { run, cases } = seeded;
    const batch = await addBatch(stores, seeded);
    const [first] = cases;
    if (first === undefined) throw new Error('there are three cases');
    await store(stores, seeded, [answered(first, 'passed')]);
    expect(await stores.batches.countUnanswered(batch)).toBe(2);
    const left = cases.slice(1).map(({ id }) => ({ caseId: id, repeat: 0, attempt: 1 }));
    expect(await stores.batches.unanswered(batch)).toEqual(left);
    expect(await stores.batches.unanswered(batch, { limit: 1 })).toEqual(left.slice(0, 1));
    expect(await stores.batches.unanswered(batch, { cases: [first.id] })).toEqual([]);
    await stores.batches.settle(batch.id);
    expect(await stores.batches.open(run.id)).toEqual([]);
    expect(await stores.batches.list(run.id)).toMatchObject([{ number: 1, settledAt: expect.any(String) }]);
    expect(await stores.batches.itemsUnderWay(run.id, [first.id])).toEqual([]);
    expect(await addBatch(stores, seeded, 'm2')).toMatchObject({ number: 2 });
  });

  it('drops what never came to the provider, and writes down where a run goes once its batches are cancelled', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const dropped = await addBatch(stores, seeded);
    await stores.batches.drop(dropped.id);
    expect(await stores.batches.list(seeded.run.id)).toEqual([]);
    const settled = await addBatch(stores, seeded, 'm2');
    await stores.batches.settle(settled.id);
    await addBatch(stores, seeded, 'm3');
    await stores.batches.end(seeded.run.id, 'cancelled');
    expect((await stores.batches.list(seeded.run.id)).map(({ ending }) => ending)).toEqual([null, 'cancelled']);
  });

  it('finds the runs in batches that no process follows, which are running all the same', async () => {
    const { stores } = opened();
    const seeded = await seedSet(stores);
    const create = (mode: 'live' | 'batch') => {
      const run = newRun(seeded);
      return stores.runs.create({ ...run, settings: { ...run.settings, mode } });
    };
    const [live, waiting, followed] = [await create('live'), await create('batch'), await create('batch')];
    expect(await stores.batches.unfollowedRuns()).toEqual([]);
    for (const { id } of [live, waiting, followed]) await stores.runs.claim(id, owner, leaseMs);
    await stores.runs.rest(waiting.id, owner, { status: 'running', reason: 'at the provider', wallMs: 1 });
    expect(await stores.batches.unfollowedRuns()).toEqual([waiting.id]);
    expect(await stores.runs.get(waiting.id)).toMatchObject({
      status: 'running',
      statusReason: 'at the provider',
      endedAt: null,
    });
    const { project } = seeded;
    expect(await stores.runLists.count(project.id, { status: 'running' })).toBe(3);
    await stores.runs.claim(followed.id, owner, leaseMs);
    await stores.runs.renew(followed.id, owner, -1, 1);
    expect(await stores.batches.unfollowedRuns()).toEqual([waiting.id, followed.id]);
    expect(await stores.runs.get(followed.id)).toMatchObject({ status: 'interrupted' });
  });

  it('goes with its run', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    await addBatch(stores, seeded);
    expect(await stores.keptRuns.delete(seeded.run.id, {}, '')).toBe(true);
    expect(await stores.batches.list(seeded.run.id)).toEqual([]);
  });
}
