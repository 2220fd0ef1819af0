import { setImmediate as nextTurn } from 'node:timers/promises';
import { conflict } from '../../domain/errors.ts';
import type { ResultId, RunId } from '../../domain/ids.ts';
import { costOf, priceOf } from '../../domain/price.ts';
import type { Run } from '../../domain/run.ts';
import type { Scoring } from '../../domain/scoring.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { JudgedOutput } from '../../storage/add-scoring.ts';
import type { JudgedResult } from '../../storage/result-row.ts';
import type { Workbench } from '../workbench.ts';
import { freezeScorers } from './freeze-scorers.ts';
import { renderCase } from './open-items.ts';
import { createJudge, type JudgedReply } from './run-work.ts';
import { checkScorers } from './scorer-tools.ts';

/** Results held in memory with their outputs at a time. */
const PAGE = 500;
/** Results judged at a time: as many as may ask a judge model together. */
const TOGETHER = 8;

/**
 * Scores the stored outputs of a run again: the model that answered is not asked, a judge model only where the new scorers do. The new scoring counts, the
 * old one stays. Throws `run_executes`, what `checkScorers` throws, and the reason of `signal` when aborted; then nothing has changed.
 */
export async function rescoreRun(
  workbench: Workbench,
  id: RunId,
  given: Scoring,
  signal: AbortSignal = new AbortController().signal,
): Promise<Run> {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  if (run.status === 'running')
    throw conflict('run_executes', `Run ${id} is running. Score it again when it has ended.`);
  checkScorers(given);
  const project = await stores.projects.get(run.projectId);
  const scoring = { ...given, scorers: await freezeScorers(workbench, project, given.scorers) };
  const version = await stores.prompts.getVersion(run.promptVersionId);
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const judge = await createJudge(workbench, { ...scoring, project, version, setVersion });
  const compiled = compilePrompt(version.content);
  const price = priceOf(workbench.prices, run.model);
  const judged = async ({ result, case: item }: JudgedResult) => {
    if (result.type === 'error') return [];
    const { reply } = result;
    const rendered = renderCase(compiled, item.variables);
    const replied: JudgedReply = {
      ...reply,
      costUsd: reply.fromCache ? costOf(price, reply.usage) : reply.costUsd,
      latencyMs: reply.fromCache ? null : result.latencyMs,
      messages: Array.isArray(rendered) ? rendered : [],
    };
    return [{ resultId: result.id, judgement: await judge(replied, item, signal) }];
  };
  await stores.results.addScoring(id, scoring, judgedInPages(stores, id, judged));
  await stores.runs.refreshSummary(id);
  return stores.runs.get(id);
}

async function* judgedInPages(
  { results }: Workbench['stores'],
  run: RunId,
  judge: (result: JudgedResult) => Promise<JudgedOutput[]>,
): AsyncGenerator<JudgedOutput[]> {
  for (let after: ResultId | undefined; ; ) {
    const page = await results.find(run, { after, limit: PAGE });
    for (let start = 0; start < page.length; start += TOGETHER) {
      yield (await Promise.all(page.slice(start, start + TOGETHER).map(judge))).flat();
    }
    after = page.at(-1)?.result.id;
    if (after === undefined || page.length < PAGE) return;
    await nextTurn();
  }
}
