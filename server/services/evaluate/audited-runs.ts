import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditRun } from '../../domain/audit/audit-sources.ts';
import type { EvalCase, EvalSet, EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { Outcome } from '../../domain/scorer.ts';
import type { CaseAnswer, CaseRange } from '../../storage/label-audit-store.ts';
import type { Workbench } from '../workbench.ts';
import { scorersOfCases } from './case-scorers.ts';
import { listRuns, type RunOverview } from './run-overview.ts';
import { createJudge } from './run-work.ts';
import { judgesAlone } from './scorer-tools.ts';

/** A run's answers to cases of a set version, judged by what the version expects. */
export type JudgedAnswer = CaseAnswer & { now: Outcome | null };

const neverAborted = new AbortController().signal;
const MOST_RUNS = 8;
/** Cases that are read before pages are answered again. */
const PAGE = 500;

/** The newest run on a set of each prompt version, model and side, whatever version of the set it ran on; newest first. */
export async function auditedRuns(workbench: Workbench, project: Project, set: EvalSet): Promise<RunOverview[]> {
  const judged = (await listRuns(workbench, project)).filter(
    (run) => run.set === set.slug && run.status !== 'running' && run.n > 0,
  );
  const work = ({ prompt, version, model, split }: RunOverview) => JSON.stringify([prompt, version, model, split]);
  const newest = judged.filter((run, index) => judged.findIndex((other) => work(other) === work(run)) === index);
  return newest.slice(0, MOST_RUNS);
}

/** `expected` says what else a case should have been held against, by key. */
export async function judgedAnswers(
  workbench: Workbench,
  run: RunOverview,
  version: EvalSetVersion,
  range: CaseRange,
  expected: ReadonlyMap<string, EvalCase['expected']> = new Map(),
): Promise<JudgedAnswer[]> {
  const answers = await workbench.stores.labelAudits.answers(run.id, version, range);
  const isHeldAgainstOther = ({ key, changed }: CaseAnswer) => changed || expected.has(key);
  const judge = answers.some(isHeldAgainstOther) ? await judgeOf(workbench, run) : null;
  return Promise.all(
    answers.map(async (answer) => {
      const { key, output, outcome, variables, scorers } = answer;
      if (judge === null || output === null || outcome === null || !isHeldAgainstOther(answer)) {
        return { ...answer, now: outcome };
      }
      const item = { variables, scorers, expected: expected.get(key) ?? answer.expected };
      const judgement = await judge({ output, messages: [], ...answer.reply }, item, neverAborted);
      return { ...answer, now: judgement.outcome === 'error' ? null : judgement.outcome };
    }),
  );
}

/** The scorers of a run, as its newest scoring had them; null where they ask more than the case and the output: reading a page asks no model. */
async function judgeOf(workbench: Workbench, { id }: RunOverview) {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  const version = await stores.prompts.getVersion(run.promptVersionId);
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const scoring = await stores.runs.scoring(id);
  const own = await scorersOfCases(workbench, setVersion, 'all');
  if (!judgesAlone({ scorers: [...scoring.scorers, ...own] })) return null;
  const project = await stores.projects.get(run.projectId);
  return createJudge(workbench, { ...scoring, project, version, setVersion });
}

/** All cases of a version with what the runs say of each label; read in pages, between which others are answered. */
export async function readVotes(
  workbench: Workbench,
  version: EvalSetVersion,
  runs: readonly RunOverview[],
): Promise<{ cases: EvalCase[]; votes: AuditRun[] }> {
  const cases: EvalCase[] = [];
  const votes = runs.map(({ id }) => ({
    run: id,
    votes: new Map<string, { agreement: number; answer: string | null }>(),
  }));
  for (let after = -1; ; ) {
    const page = await workbench.stores.evalSets.cases(version, { after, limit: PAGE });
    const upTo = page.at(-1)?.position;
    if (upTo === undefined) return { cases, votes };
    cases.push(...page);
    for (const [index, run] of runs.entries()) {
      const answers = await judgedAnswers(workbench, run, version, { after, upTo });
      for (const [key, repeats] of Map.groupBy(answers, (answer) => answer.key)) {
        const vote = voteOf(repeats);
        if (vote !== null) votes[index]?.votes.set(key, vote);
      }
      await nextTurn();
    }
    after = upTo;
  }
}

/** Null where no repeat found an answer. */
function voteOf(repeats: readonly JudgedAnswer[]): { agreement: number; answer: string | null } | null {
  const answered = repeats.filter(({ now }) => now === 'passed' || now === 'failed');
  if (answered.length === 0) return null;
  const failed = answered.filter(({ now }) => now === 'failed');
  const agreement = 1 - (2 * failed.length) / answered.length;
  return { agreement, answer: (agreement < 0 ? failed : answered)[0]?.answer ?? null };
}
