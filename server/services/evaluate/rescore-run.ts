import { findScorer } from '../../../evals/scorers/index.ts';
import { conflict } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import type { Workbench } from '../workbench.ts';
import { createJudge } from './run-work.ts';

/** Scores the stored outputs of a run again without a model; the new scoring counts, the old one stays. Throws `run_executes`. */
export async function rescoreRun(
  workbench: Workbench,
  id: RunId,
  scorers: readonly ScorerSpec[],
  threshold: number | null,
): Promise<Run> {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  if (run.status === 'running')
    throw conflict('run_executes', `Run ${id} is running. Score it again when it has ended.`);
  for (const scorer of scorers) findScorer(scorer.name).prepare(scorer.args);
  const version = await stores.prompts.getVersion(run.promptVersionId);
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const judge = await createJudge(workbench, { version, setVersion, scorers, threshold });
  const judgements = (await stores.results.page(id)).flatMap(({ result, case: item }) =>
    result.type === 'reply' ? [{ resultId: result.id, judgement: judge(result.reply.output, item) }] : [],
  );
  await stores.results.addScoring(id, { scorers, threshold }, judgements);
  await stores.runs.refreshSummary(id);
  return stores.runs.get(id);
}
