import type { PromptId, ReleaseId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { rateOfOutcomes } from '../../domain/rate-summary.ts';
import type { RateSummary } from '../../domain/run.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/** What production's scored answers of one release came to. */
export type ReleaseRate = {
  promptId: PromptId;
  release: ReleaseId;
  /** Wilson's interval, of one look. An error of a scorer stands beside the rate. */
  rates: RateSummary;
};

/**
 * The pass rate of each release over its scored production calls since an instant, by the newest scorers of its prompt and all generations that had the same
 * ones. Releases of a prompt that was never scored, or of which no call was, are not there.
 */
export async function passRateByRelease({ stores }: Stores, project: Project, since: Date): Promise<ReleaseRate[]> {
  const rates: ReleaseRate[] = [];
  for (const { id: promptId } of await stores.prompts.list(project.id)) {
    const scoring = await stores.onlineScorings.newest(promptId);
    if (scoring === null) continue;
    const found = await stores.onlineRates.byRelease(project.id, since.toISOString(), { scoring: scoring.id });
    for (const { releaseId, ...counts } of found) {
      rates.push({ promptId, release: releaseId, rates: rateOfOutcomes(counts) });
    }
  }
  return rates;
}
