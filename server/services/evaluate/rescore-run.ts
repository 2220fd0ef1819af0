import { conflict } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { Scoring } from '../../domain/scoring.ts';
import type { Workbench } from '../workbench.ts';
import type { StartedScoring } from './scoring-runner.ts';

/** Scores the stored outputs of a run again and waits for it; see `ScoringRunner`. Throws as it does, and `scoring_unfinished` where it came to no end. */
export const rescoreRun = async (workbench: Workbench, id: RunId, given: Scoring): Promise<Run> =>
  wholeScoring(workbench, id, await workbench.scoringRunner.start(id, given));

/** Waits until a scoring is whole. Throws `scoring_unfinished`. */
export async function wholeScoring({ stores }: Workbench, id: RunId, { finished }: StartedScoring): Promise<Run> {
  const { status, reason, number, done, total } = await finished;
  if (status === 'done') return stores.runs.get(id);
  throw conflict(
    'scoring_unfinished',
    `Scoring ${number} of run ${id} ended at ${done} of ${total} outputs${reason === '' ? '' : `: ${reason}`}. The earlier scoring still counts; go on with "whetstone runs rescore ${id} --resume".`,
    { details: { number, status } },
  );
}
