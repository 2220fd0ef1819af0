import { conflict, unavailable } from '../../domain/errors.ts';
import type { ResultId } from '../../domain/ids.ts';
import type { Workbench } from '../workbench.ts';
import { type ResultDetail, resultDetail } from './results.ts';

/**
 * Asks the model again for one result, without the cache: the new attempt counts, the earlier ones stay. Throws `run_executes`, `result_superseded`,
 * `no_new_answer`, and what makes the model impossible, such as `data_may_not_leave`.
 */
export async function retryResult(workbench: Workbench, id: ResultId): Promise<ResultDetail> {
  const { stores, runner } = workbench;
  const { result, judgement } = await stores.results.get(id);
  const run = await stores.runs.get(result.runId);
  if (run.status === 'running')
    throw conflict('run_executes', `Run ${run.id} is running. Ask for one of its results again when it rests.`);
  const newest = async () => (await stores.results.attempts(run.id, result)).at(-1)?.id ?? id;
  if ((await newest()) !== id)
    throw conflict('result_superseded', 'There is a newer attempt at this result. Open that one.');
  const { caseId, repeat, attempt } = result;
  const { finished } = await runner.start(run.id, {
    only: { caseId, repeat, attempt, outcome: judgement?.outcome ?? 'error' },
  });
  await finished;
  const answered = await newest();
  if (answered === id) {
    throw unavailable(
      'no_new_answer',
      'The model gave no new answer, so the earlier one stands. Check that the model can be reached and that the cost cap of the run leaves room for a call.',
    );
  }
  return resultDetail(workbench, answered);
}
