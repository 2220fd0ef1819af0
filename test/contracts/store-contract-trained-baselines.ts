import { expect, it } from 'vitest';
import type { TrainedBaseline } from '../../server/domain/baseline/trained-baseline.ts';
import type { Opened } from './store-contract.ts';
import { type Seed, seed } from './store-seed.ts';

/** What a classifier found on the seeded set. */
export const trained = (
  { setVersion, cases }: Seed,
  more: Partial<TrainedBaseline> = {},
): Omit<TrainedBaseline, 'createdAt'> => ({
  evalSetVersionId: setVersion.id,
  method: 'method-1',
  library: 'library 1.0.0',
  folds: 10,
  seed: 'seed',
  labelsUsed: cases.length,
  predictions: cases.map(({ id }) => ({ caseId: id, label: 'positive', predicted: 'negative', probability: 0.625 })),
  holdoutPredictions: [],
  trainingMs: 12.5,
  ...more,
});

export function trainedBaselineContract(opened: Opened): void {
  it('are kept whole', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    expect(await stores.trainedBaselines.find(seeded.setVersion.id, 'method-1')).toBeNull();
    const added = await stores.trainedBaselines.add(trained(seeded));
    expect(added).toEqual({ ...trained(seeded), createdAt: expect.any(String) });
    expect(await stores.trainedBaselines.find(seeded.setVersion.id, 'method-1')).toEqual(added);
  });

  it('are one a set version and method: what another process stored first stays', async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const first = await stores.trainedBaselines.add(trained(seeded));
    expect(await stores.trainedBaselines.add(trained(seeded, { trainingMs: 99 }))).toEqual(first);
    const newer = await stores.trainedBaselines.add(trained(seeded, { method: 'method-2', trainingMs: 99 }));
    expect(newer.trainingMs).toBe(99);
    expect(await stores.trainedBaselines.find(seeded.setVersion.id, 'method-1')).toEqual(first);
  });
}
