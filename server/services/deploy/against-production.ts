import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { AgainstProduction, RunEvidence } from '../../domain/release.ts';
import type { Run, SplitChoice } from '../../domain/run.ts';
import { alignRuns } from '../../domain/run-alignment.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/**
 * The candidate's runs against the newest ones, on the same version of a set and side, of what `production` points to. Empty where that is the
 * candidate itself or nothing, or where they were not run on the same cases.
 */
export async function againstProduction(
  { stores }: Stores,
  { prompt, version, model }: { prompt: Prompt; version: PromptVersion; model: string },
  candidates: readonly RunEvidence[],
  completed: readonly Run[],
): Promise<AgainstProduction[]> {
  const production = await stores.releases.labelled(prompt.id, 'production');
  if (production === null || (production.promptVersionId === version.id && production.model === model)) return [];
  const { number } = await stores.prompts.getVersion(production.promptVersionId);
  const ofProduction = completed.filter(
    (run) => run.promptVersionId === production.promptVersionId && run.model === production.model && !run.standIn,
  );
  const compared: AgainstProduction[] = [];
  for (const { runId, split, evalSet } of candidates) {
    const candidate = completed.find(({ id }) => id === runId);
    const baseline = ofProduction.find(
      (run) => run.evalSetVersionId === candidate?.evalSetVersionId && asks(run.settings.split, split),
    );
    if (baseline === undefined) continue;
    const [pair] = alignRuns(await stores.caseOutcomes.ofRuns([baseline.id, runId], split)).pairs;
    if (pair === undefined || pair.n === 0) continue;
    const { n, fixed, broken, difference, interval, pValue, verdict } = pair;
    compared.push({
      release: production.number,
      version: number,
      model: production.model,
      runs: { production: baseline.id, candidate: runId },
      split,
      evalSet,
      n,
      fixed,
      broken,
      difference,
      interval,
      pValue,
      verdict,
    });
  }
  return compared;
}

const asks = (asked: SplitChoice, split: RunEvidence['split']): boolean => asked === 'all' || asked === split;
