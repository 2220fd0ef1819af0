import { prepareScorers } from '../../domain/combine-scores.ts';
import { formScorers } from '../../domain/default-scorers.ts';
import { dayMs } from '../../domain/durations.ts';
import type { ObservationId, PromptId } from '../../domain/ids.ts';
import { canonicalJson } from '../../domain/json.ts';
import type { OnlineScoring } from '../../domain/online-scoring.ts';
import type { Project } from '../../domain/project.ts';
import type { ResponseFormat } from '../../domain/prompt.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import { findPrompt } from '../deploy/find-version.ts';
import { freezeScorers } from '../evaluate/freeze-scorers.ts';
import { noTools } from '../evaluate/scorer-tools.ts';
import type { Workbench } from '../workbench.ts';
import { requireOnline, requireOnlineFiles } from './online-refusal.ts';

type Stores = Pick<Workbench, 'stores'>;

export type OnlineScoringRequest = {
  prompt: string;
  /** A weight says nothing here: each scorer must pass. */
  scorers: readonly ScorerSpec[];
  /** Of the calls, 0 < share ≤ 1. */
  share: number;
  /** Whether calls that name no release are taken as the prompt's; not unless said. */
  unreleased?: boolean;
  /** Stored calls of so many last days are scored as well. */
  days: number;
  author: string;
};

/** A generation as it is shown. */
export type OnlineScoringView = Omit<OnlineScoring, 'id' | 'promptId' | 'fromId' | 'seenId'> & {
  /** The scorers as they are typed: so they are named in scores. */
  typed: string[];
};

/** The scorers of one prompt's production calls. */
export type OnlineScoringOf = {
  prompt: string;
  name: string;
  /** Newest first; only the first can be one that scores now. */
  generations: OnlineScoringView[];
  /** Calls that the present generation has not come to yet. */
  waiting: number;
  /** What fits the form of its answers. */
  proposed: ScorerSpec[];
};

/**
 * Scores a share of a prompt's production calls from now on, and of those of the last days, as a new generation. The one before ends where it stands: its
 * scores stay, and what it had not come to is the new one's. Where the same is asked for again nothing is begun. Throws `prompt_missing`, what
 * `requireOnline` throws, and what is wrong with a scorer.
 */
export async function startOnlineScoring(
  workbench: Pick<Workbench, 'stores' | 'scorersDirectory'>,
  project: Project,
  { prompt: name, scorers: asked, share, unreleased = false, days, author }: OnlineScoringRequest,
  now: Date,
): Promise<OnlineScoring> {
  const { onlineScorings } = workbench.stores;
  const prompt = await findPrompt(workbench, project, name);
  const given = asked.map((spec) => ({ ...spec, weight: 1 }));
  requireOnline(given);
  prepareScorers(given, noTools, null);
  const scorers = await freezeScorers(workbench, project, given);
  await requireOnlineFiles(workbench, scorers);
  const newest = await onlineScorings.newest(prompt.id);
  const live = newest?.endedAt === null ? newest : null;
  const isSame =
    live?.share === share && live.unreleased === unreleased && canonicalJson(live.scorers) === canonicalJson(scorers);
  if (live !== null && isSame && days === 0) return live;
  const last =
    days === 0
      ? await onlineScorings.lastObservation()
      : await onlineScorings.lastBefore(
          { promptId: prompt.id, unreleased },
          new Date(now.getTime() - days * dayMs).toISOString(),
        );
  const fromId = Math.min(last, live?.seenId ?? last) as ObservationId | 0;
  return onlineScorings.begin(prompt.id, { scorers, share, unreleased, fromId, author });
}

/** Scores no further calls of a prompt; what was scored stays. Throws `prompt_missing`. */
export async function stopOnlineScoring(workbench: Stores, project: Project, prompt: string): Promise<void> {
  await workbench.stores.onlineScorings.end((await findPrompt(workbench, project, prompt)).id);
}

/** What every prompt's production calls are and were scored by. */
export async function listOnlineScoring({ stores }: Stores, project: Project): Promise<OnlineScoringOf[]> {
  const all: OnlineScoringOf[] = [];
  for (const { id, slug, name } of await stores.prompts.list(project.id)) {
    const generations = await stores.onlineScorings.list(id);
    const [present] = generations;
    const waiting = present?.endedAt === null ? await stores.onlineScorings.countAfter(present, present.seenId) : 0;
    const proposed = formScorers((await newestFormat({ stores }, id)) ?? { type: 'text' });
    all.push({ prompt: slug, name, generations: generations.map(onlineScoringView), waiting, proposed });
  }
  return all;
}

/** The form of the answers that the newest version of a prompt asks for; null where it has none yet. */
export async function newestFormat({ stores }: Stores, prompt: PromptId): Promise<ResponseFormat | null> {
  return (await stores.prompts.version(prompt, null))?.content.responseFormat ?? null;
}

export const onlineScoringView = ({
  number,
  scorers,
  share,
  unreleased,
  endedAt,
  author,
  createdAt,
}: OnlineScoring): OnlineScoringView => ({
  number,
  scorers,
  share,
  unreleased,
  endedAt,
  author,
  createdAt,
  typed: scorers.map(formatScorerSpec),
});

/** What an observation was scored by each generation, newest first. Throws `observation_missing`. */
export async function observationScores({ stores }: Stores, id: number) {
  const observation = await stores.observations.get(id as ObservationId);
  const scores = await stores.onlineScorings.scoresOf(observation.id);
  return scores.map(({ number, outcome, createdAt, scores: all }) => ({
    generation: number,
    outcome,
    createdAt,
    scores: all.map(({ scorer, value, passed, explanation, failure }) => ({
      scorer,
      value,
      passed,
      explanation,
      failure,
    })),
  }));
}
