import type { ReleaseId } from '../../domain/ids.ts';
import type { Prompt } from '../../domain/prompt.ts';
import { rateOfOutcomes } from '../../domain/rate-summary.ts';
import type { RateSummary } from '../../domain/run.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/** What production's scored answers of one release came to. */
export type ReleaseRate = {
  /** Null for calls that named none. */
  release: ReleaseId | null;
  /** Wilson's interval, of one look. An error of a scorer stands beside the rate. */
  rates: RateSummary;
};

/**
 * The pass rate of each release of a prompt over its scored production calls since an instant, by the newest scorers of the prompt and all generations that had
 * the same ones. Releases of which no call was scored are not there.
 */
export async function passRateByRelease({ stores }: Stores, prompt: Prompt, since: Date): Promise<ReleaseRate[]> {
  const scoring = await stores.onlineScorings.newest(prompt.id);
  if (scoring === null) return [];
  const found = await stores.onlineRates.byRelease(prompt.projectId, since.toISOString(), { scoring: scoring.id });
  return found.map(({ releaseId, ...counts }) => ({ release: releaseId, rates: rateOfOutcomes(counts) }));
}
