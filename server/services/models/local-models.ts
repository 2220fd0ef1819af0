import type { LocalModel } from '../../domain/local-model.ts';
import type { Workbench } from '../workbench.ts';

/** Models whose file lies on this machine or can be fetched, and the memory that there is for one. */
export async function listLocalModels({
  modelDownloads,
}: Pick<Workbench, 'modelDownloads'>): Promise<{ models: LocalModel[]; availableMemoryBytes: number }> {
  return { models: await modelDownloads.list(), availableMemoryBytes: process.availableMemory() };
}
