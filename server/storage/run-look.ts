import { sql } from 'kysely';

/** Runs with what they ran. */
export const RUNS = sql`run
  join promptVersion on promptVersion.id = run.promptVersionId join prompt on prompt.id = promptVersion.promptId
  join evalSetVersion on evalSetVersion.id = run.evalSetVersionId join evalSet on evalSet.id = evalSetVersion.evalSetId`;
export const SPLIT = sql`json_extract(run.settings, '$.split')`;
/** Whether a run looked at holdout cases. A stand-in's answers say nothing of a prompt. */
export const IS_LOOK = sql`${SPLIT} in ('holdout', 'all') and run.standIn = 0 and run.startedAt is not null
  and exists (select 1 from evalCase where evalCase.evalSetId = evalSetVersion.evalSetId and evalCase.split = 'holdout'
    and evalCase.addedIn <= evalSetVersion.number and (evalCase.removedIn is null or evalCase.removedIn > evalSetVersion.number))`;
