import { setImmediate as nextTurn } from 'node:timers/promises';
import { conflict, errorMessage } from '../../domain/errors.ts';
import type { ResultId, RunId, ScoringId } from '../../domain/ids.ts';
import { costOf, priceOf } from '../../domain/price.ts';
import type { Run } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import type { Scoring, ScoringJob } from '../../domain/scoring.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { JudgedResult } from '../../storage/result-row.ts';
import { newRunOwner } from '../../storage/run-owner.ts';
import type { JudgedOutput } from '../../storage/scoring-store.ts';
import type { Workbench } from '../workbench.ts';
import { checkCaseScorers, scorersOfCases } from './case-scorers.ts';
import { freezeScorers } from './freeze-scorers.ts';
import { renderCase } from './open-items.ts';
import { createJudge, type JudgedReply, type RunDependencies } from './run-work.ts';
import { checkScorers, judgesAlone } from './scorer-tools.ts';

/** Results held in memory with their outputs at a time. */
const PAGE = 200;
/** Results judged at a time where a model is asked. */
const TOGETHER = 8;
const leaseMs = 15_000;
const renewEveryMs = 500;

type Dependencies = RunDependencies & Pick<Workbench, 'scorersDirectory'>;
type JudgeStored = (result: JudgedResult, signal: AbortSignal) => Promise<JudgedOutput[]>;
export type StartedScoring = { number: number; finished: Promise<ScoringJob> };
type Stopping = { status: 'stopped' | 'interrupted' | 'failed'; reason: string };

/**
 * Scores the stored outputs of runs again, in this process: the model that answered is not asked, a judge model only where the scorers do. A scoring counts
 * once it is whole; one that was stopped can be gone on with.
 */
export class ScoringRunner {
  readonly #workbench: Dependencies;
  readonly #owner = newRunOwner();
  readonly #scoring = new Map<ScoringId, { end: (how: Stopping) => void; finished: Promise<ScoringJob> }>();

  constructor(workbench: Dependencies) {
    this.#workbench = workbench;
  }

  /** Throws `run_executes`, `run_being_scored`, what `checkScorers` throws, and what makes a judge model impossible. */
  async start(id: RunId, given: Scoring): Promise<StartedScoring> {
    const run = await this.#runAtRest(id);
    checkScorers(given);
    const project = await this.#workbench.stores.projects.get(run.projectId);
    const scoring = { ...given, scorers: await freezeScorers(this.#workbench, project, given.scorers) };
    await checkCaseScorers(this.#workbench, project, await this.#scorersOfCases(run), scoring);
    const judge = await this.#judgeOf(run, scoring);
    const begun = await this.#workbench.stores.scorings.begin(id, scoring, { owner: this.#owner, leaseMs });
    return this.#go(run, begun, scoring, judge);
  }

  /** Goes on with a scoring that is not whole; what is judged is not judged again. Throws as `start`, and `scoring_missing`, `scoring_whole`. */
  async resume(id: RunId, number: number): Promise<StartedScoring> {
    const { scorings } = this.#workbench.stores;
    const run = await this.#runAtRest(id);
    const taken = await scorings.takeUp(id, number, { owner: this.#owner, leaseMs });
    try {
      const scoring = await scorings.job(taken);
      return await this.#go(run, taken, scoring, await this.#judgeOf(run, scoring));
    } catch (error) {
      await scorings.rest(taken, this.#owner, 'interrupted');
      throw error;
    }
  }

  /** Stops the scoring of a run, wherever it goes on. Throws `scoring_at_rest`. */
  async stop(id: RunId): Promise<void> {
    const { scorings } = this.#workbench.stores;
    const job = await scorings.newestJob(id);
    if (job?.status !== 'running') throw conflict('scoring_at_rest', `Run ${id} is not being scored.`);
    const here = this.#scoring.get(job.id);
    if (here === undefined) return scorings.askToStop(job.id);
    here.end({ status: 'stopped', reason: '' });
    await here.finished;
  }

  /** Ends what goes on here; it stands as interrupted and can be gone on with. */
  async close(): Promise<void> {
    const all = [...this.#scoring.values()];
    for (const { end } of all) end({ status: 'interrupted', reason: '' });
    await Promise.all(all.map(({ finished }) => finished));
  }

  async #runAtRest(id: RunId): Promise<Run> {
    const run = await this.#workbench.stores.runs.get(id);
    if (run.status !== 'running') return run;
    throw conflict('run_executes', `Run ${id} is running. Score it again when it has ended.`);
  }

  async #scorersOfCases(run: Run): Promise<ScorerSpec[]> {
    const setVersion = await this.#workbench.stores.evalSets.getVersion(run.evalSetVersionId);
    return scorersOfCases(this.#workbench, setVersion, run.settings.split);
  }

  async #judgeOf(run: Run, scoring: Scoring): Promise<JudgeStored> {
    const about = await aboutRun(this.#workbench, run);
    const judge = await createJudge(this.#workbench, { ...scoring, ...about });
    const replied = await storedReplies(this.#workbench, run);
    return async (stored, signal) => {
      const reply = replied(stored);
      return reply === null ? [] : [{ resultId: stored.result.id, judgement: await judge(reply, stored.case, signal) }];
    };
  }

  async #go(run: Run, id: ScoringId, scoring: Scoring, judge: JudgeStored): Promise<StartedScoring> {
    const { scorings } = this.#workbench.stores;
    const ending = new AbortController();
    let how: Stopping | null = null;
    const end = (stopping: Stopping) => {
      how ??= stopping;
      ending.abort();
    };
    const renewal = setInterval(() => {
      scorings.renew(id, this.#owner, leaseMs).then(
        (asked) => asked !== null && end({ status: asked === 'stop' ? 'stopped' : 'interrupted', reason: '' }),
        (error: unknown) => end({ status: 'failed', reason: errorMessage(error) }),
      );
    }, renewEveryMs);
    const work = async (): Promise<ScoringJob> => {
      try {
        const scorers = [...scoring.scorers, ...(await this.#scorersOfCases(run))];
        await this.#judgeAll(run, id, { judge, together: judgesAlone({ scorers }) ? PAGE : TOGETHER }, ending.signal);
      } catch (error) {
        const { status, reason } = how ?? { status: 'failed', reason: errorMessage(error) };
        await scorings.rest(id, this.#owner, status, reason);
      } finally {
        clearInterval(renewal);
        this.#scoring.delete(id);
      }
      return scorings.job(id);
    };
    const { number } = await scorings.job(id);
    const finished = work();
    this.#scoring.set(id, { end, finished });
    return { number, finished };
  }

  /** In the order of their ids, so that how far it is can be read from the last one. */
  async #judgeAll(
    run: Run,
    id: ScoringId,
    { judge, together }: { judge: JudgeStored; together: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { results, scorings } = this.#workbench.stores;
    for (let after: ResultId | 0 = (await scorings.lastJudged(id)) ?? 0; ; ) {
      const page: JudgedResult[] = await results.repliesAfter(run.id, after, PAGE);
      for (let start = 0; start < page.length; start += together) {
        signal.throwIfAborted();
        const judged = await Promise.all(page.slice(start, start + together).map((stored) => judge(stored, signal)));
        await scorings.add(id, this.#owner, judged.flat());
      }
      after = page.at(-1)?.result.id ?? after;
      await nextTurn();
      signal.throwIfAborted();
      if (page.length > 0) continue;
      const came = await scorings.finish(id, this.#owner, run.id, after);
      if (came === 'counts') return;
      if (came === 'executes') throw conflict('run_executes', `Run ${run.id} was resumed. Go on when it has ended.`);
    }
  }
}

/** What a run was made with. */
export async function aboutRun({ stores }: Pick<Workbench, 'stores'>, run: Run) {
  return {
    project: await stores.projects.get(run.projectId),
    version: await stores.prompts.getVersion(run.promptVersionId),
    setVersion: await stores.evalSets.getVersion(run.evalSetVersionId),
  };
}

/** Stored results as the replies that scorers judge; null for one that has none. */
export async function storedReplies(
  workbench: Pick<RunDependencies, 'stores' | 'prices'>,
  run: Run,
): Promise<(stored: JudgedResult) => JudgedReply | null> {
  const { version } = await aboutRun(workbench, run);
  const compiled = compilePrompt(version.content);
  const price = priceOf(await workbench.prices.table(), run.model);
  return ({ result, case: item }) => {
    if (result.type === 'error') return null;
    const { reply } = result;
    const rendered = renderCase(compiled, item.variables);
    return {
      ...reply,
      costUsd: reply.fromCache ? costOf(price, reply.usage) : reply.costUsd,
      latencyMs: reply.fromCache ? null : result.latencyMs,
      messages: Array.isArray(rendered) ? rendered : [],
    };
  };
}
