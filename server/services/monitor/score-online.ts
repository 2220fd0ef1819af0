import { setImmediate as nextTurn } from 'node:timers/promises';
import { prepareScorers } from '../../domain/combine-scores.ts';
import { labelsFor } from '../../domain/default-scorers.ts';
import type { ObservationId, OnlineScoringId, ProjectId, ReleaseId } from '../../domain/ids.ts';
import { isSampled, type OnlineScoring } from '../../domain/online-scoring.ts';
import type { ResponseFormat } from '../../domain/prompt.ts';
import type { Judgement } from '../../domain/result.ts';
import { type ReplyFacts, type ScoredOutput, ScoringError } from '../../domain/scorer.ts';
import { noScoringModels } from '../../domain/scoring.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { DrawnObservation } from '../../storage/online-scoring-store.ts';
import { waited } from '../evaluate/ask-until-answered.ts';
import { renderCase } from '../evaluate/open-items.ts';
import type { RunDependencies } from '../evaluate/run-work.ts';
import { createScorerTools } from '../evaluate/scorer-tools.ts';
import type { Workbench } from '../workbench.ts';
import { newestFormat } from './online-scoring.ts';

const lookEveryMs = 1000;
/** Calls that are in memory at a time, however many wait. */
const PAGE = 100;

type Dependencies = RunDependencies & Pick<Workbench, 'stores'>;
type Live = OnlineScoring & { projectId: ProjectId };
type JudgeObservation = (observation: DrawnObservation, signal: AbortSignal) => Promise<Judgement>;

/**
 * Scores what comes until the signal ends it. What waits are the stored calls themselves: recording one costs nothing more, and a process that starts anew goes
 * on where the last one stood. What makes a generation impossible is told to `warn` once, and tried again.
 */
export async function scoreOnline(
  workbench: Dependencies,
  signal: AbortSignal,
  warn: (error: unknown) => void,
): Promise<void> {
  const judges = new Map<OnlineScoringId, JudgeObservation>();
  let told = '';
  do {
    try {
      await scoreWaiting(workbench, signal, judges);
      told = '';
    } catch (error) {
      if (signal.aborted) return;
      if (String(error) !== told) warn(error);
      told = String(error);
    }
  } while (await waited(lookEveryMs, signal));
}

/**
 * Scores all that waits now. Rejects with the signal's reason when aborted; what was scored by then is kept. A generation that can't judge keeps none of the others
 * from it: what was wrong is thrown at the end.
 */
export async function scoreWaiting(
  workbench: Dependencies,
  signal: AbortSignal,
  judges: Map<OnlineScoringId, JudgeObservation> = new Map(),
): Promise<void> {
  const { onlineScorings } = workbench.stores;
  const live = await onlineScorings.live();
  for (const id of judges.keys()) if (!live.some((scoring) => scoring.id === id)) judges.delete(id);
  if (live.length === 0) return;
  const last = await onlineScorings.lastObservation();
  const failed: unknown[] = [];
  for (const scoring of live) {
    if (scoring.seenId >= last) continue;
    try {
      const judge = judges.get(scoring.id) ?? (await createOnlineJudge(workbench, scoring));
      judges.set(scoring.id, judge);
      await scoreUpTo(workbench, scoring, last, judge, signal);
    } catch (error) {
      signal.throwIfAborted();
      failed.push(error);
    }
  }
  if (failed.length > 1) throw new AggregateError(failed, `${failed.length} generations of scorers can't judge`);
  if (failed.length === 1) throw failed[0];
}

async function scoreUpTo(
  { stores: { onlineScorings } }: Dependencies,
  { id, promptId, unreleased, share, seenId }: Live,
  last: ObservationId | 0,
  judge: JudgeObservation,
  signal: AbortSignal,
): Promise<void> {
  for (let seen = seenId; seen < last; ) {
    const page = await onlineScorings.drawFrom({ promptId, unreleased }, seen, last, PAGE);
    const scores: { observationId: ObservationId; judgement: Judgement }[] = [];
    for (const observation of page) {
      if (!isSampled(promptId, observation.id, share)) continue;
      scores.push({ observationId: observation.id, judgement: await judge(observation, signal) });
      await nextTurn();
      signal.throwIfAborted();
    }
    seen = page.length < PAGE ? last : (page.at(-1)?.id ?? last);
    if (!(await onlineScorings.add(id, scores, seen))) return;
  }
}

/** The scorers of a generation, prepared once; what they need of a release is read once as well. */
async function createOnlineJudge(
  workbench: Dependencies,
  { scorers, projectId, promptId }: Live,
): Promise<JudgeObservation> {
  const { stores } = workbench;
  const project = await stores.projects.get(projectId);
  const judge = prepareScorers(scorers, await createScorerTools(workbench, project, noScoringModels), null);
  const byRelease = new Map<ReleaseId, Awaited<ReturnType<typeof releaseFacts>>>();
  return async (observation, signal) => {
    const { releaseId, input: variables, output } = observation;
    const common = { output, expected: null, variables, reply: reported(observation) };
    if (releaseId === null) {
      const form = formOf((await newestFormat(workbench, promptId)) ?? { type: 'text' });
      return judge({ ...common, ...form, messages: [] }, signal);
    }
    const facts = byRelease.get(releaseId) ?? (await releaseFacts(workbench, releaseId));
    byRelease.set(releaseId, facts);
    const rendered = renderCase(facts.compiled, variables);
    const messages: ScoredOutput['messages'] = Array.isArray(rendered) ? rendered : [];
    const { labels, schema } = facts;
    return judge({ ...common, labels, schema, messages }, signal);
  };
}

/** What the prompt version of a release says of its answers. */
async function releaseFacts({ stores }: Dependencies, id: ReleaseId) {
  const { content } = await stores.prompts.getVersion((await stores.releases.get(id)).promptVersionId);
  return { compiled: compilePrompt(content), ...formOf(content.responseFormat) };
}

const formOf = (format: ResponseFormat) => ({
  labels: labelsFor(format, []),
  schema: format.type === 'json' ? format.schema : null,
});

/** What a call reported of its reply. A scorer that asks for what it did not report can't judge. */
const reported = ({ latencyMs, costUsd, inputTokens, outputTokens }: DrawnObservation): ReplyFacts => ({
  latencyMs,
  costUsd,
  get finishReason(): never {
    throw new ScoringError('not_measured', 'The call did not report why its reply ended.');
  },
  get usage() {
    if (inputTokens === null || outputTokens === null) {
      throw new ScoringError('not_measured', 'The call did not report its tokens.');
    }
    return { inputTokens, outputTokens, cachedInputTokens: 0 };
  },
});
