import type { Batch } from '../../domain/batch.ts';
import { WhetstoneError } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import { parseModelReference } from '../../domain/model.ts';
import type { Workbench } from '../workbench.ts';

/** A batch as people see it. */
export type ShownBatch = Omit<Batch, 'id' | 'runId' | 'marker' | 'leftOut'>;

/** The batches of a run, in the order they were sent; none where it is live. */
export async function runBatches({ stores }: Pick<Workbench, 'stores'>, id: RunId): Promise<ShownBatch[]> {
  const { settings } = await stores.runs.get(id);
  if (settings.mode === 'live') return [];
  return (await stores.batches.list(id)).map(({ id: _, runId: __, marker: ___, leftOut: ____, ...shown }) => shown);
}

/** Whether a model can be asked in batches, and which part of its price that takes; null where none is known. */
export async function batchMode(
  { providers, prices }: Pick<Workbench, 'providers' | 'prices'>,
  model: string,
): Promise<{ offered: boolean; share: number | null }> {
  try {
    const { connection } = parseModelReference(model);
    const { batches } = await providers.get(connection);
    const offered = (await batches?.offered(AbortSignal.timeout(5000))) === true;
    return { offered, share: (await prices.table()).batchShares?.[connection] ?? null };
  } catch (error) {
    if (error instanceof WhetstoneError) return { offered: false, share: null };
    throw error;
  }
}
