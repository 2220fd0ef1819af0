import { missing } from '../../domain/errors.ts';
import type { PromptId, ReleaseId } from '../../domain/ids.ts';
import { joinSlices } from '../../domain/joined-slices.ts';
import type { OnlineScoring } from '../../domain/online-scoring.ts';
import type { Project } from '../../domain/project.ts';
import { type OutcomeCounts, rateOfOutcomes } from '../../domain/rate-summary.ts';
import type { LabelMove } from '../../domain/release.ts';
import type { RateSummary } from '../../domain/run.ts';
import { findPrompt } from '../deploy/find-version.ts';
import type { Workbench } from '../workbench.ts';
import { slicesOfDays } from './monitor.ts';
import { type OnlineScoringView, onlineScoringView } from './online-scoring.ts';

type Stores = Pick<Workbench, 'stores'>;

/** Judged calls that a point of the chart stands for at least. */
const leastJudged = 20;

export type QualityQuery = {
  days: number;
  /** Number of the generation whose scorers count; the newest unless given. */
  generation?: number;
  /** One of its scorers alone, as it is typed; all of them must pass unless given. */
  scorer?: string;
};

/** How the scored calls of a prompt did in the last days. */
export type Quality = {
  sliceMs: number;
  /** The scorers that count; null where the prompt's calls were never scored. */
  scoring: OnlineScoringView | null;
  /** Null for calls that named none, where those are scored as well. */
  releases: {
    release: ReleaseId | null;
    number: number | null;
    version: number | null;
    calls: number;
    rates: RateSummary;
  }[];
  /** Calls of the project that name no release, where those are not scored. */
  unreleased: number;
  /** A rate over calls of one release from one instant to another; at least 20 of them but in the newest. */
  points: { release: ReleaseId | null; from: string; to: string; rates: RateSummary }[];
  /** When `production` was pointed to which release. */
  moves: { release: ReleaseId; number: number; at: string; kind: LabelMove['kind'] }[];
};

/** Throws `prompt_missing`, `online_scoring_missing`. */
export async function promptQuality(
  workbench: Stores,
  project: Project,
  promptName: string,
  { days, generation, scorer }: QualityQuery,
  now: Date,
): Promise<Quality> {
  const { stores } = workbench;
  const prompt = await findPrompt(workbench, project, promptName);
  const { sliceMs, since } = slicesOfDays(days, now);
  const scoring = await scoringNumbered(workbench, prompt.id, generation);
  const numbers = await releaseNumbers(workbench, project, prompt.id);
  const moves = (await stores.releases.moves(prompt.id)).filter(
    ({ label, createdAt }) => label === 'production' && createdAt >= since,
  );
  const shownMoves = moves.reverse().map(({ releaseId, kind, createdAt }) => ({
    release: releaseId,
    number: numbers.get(releaseId)?.number ?? 0,
    at: createdAt,
    kind,
  }));
  const calls = Map.groupBy(await stores.observations.buckets(project.id, since, sliceMs), (one) => one.releaseId);
  const unreleased = sumOf(calls.get(null) ?? []);
  if (scoring === null) return { sliceMs, scoring, releases: [], points: [], moves: shownMoves, unreleased };
  const measure = { scoring: scoring.id, scorer };
  const slices = await stores.onlineRates.slices(project.id, since, sliceMs, measure);
  const rates = Map.groupBy(slices, ({ releaseId }) => releaseId);
  const stretches = joinSlices(
    slices.map(({ start, ...slice }) => ({ ...slice, from: start, to: start + sliceMs })),
    leastJudged,
  );
  return {
    sliceMs,
    scoring: onlineScoringView(scoring),
    moves: shownMoves,
    unreleased: scoring.unreleased ? 0 : unreleased,
    releases: [...numbers, ...(scoring.unreleased ? [ofNone] : [])].flatMap(([release, about]) => {
      const count = sumOf(calls.get(release) ?? []);
      const rate = rateOfOutcomes(summed(rates.get(release) ?? []));
      return count === 0 ? [] : [{ release, ...about, calls: count, rates: rate }];
    }),
    points: stretches.map(({ releaseId, from, to, ...counts }) => ({
      release: releaseId,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      rates: rateOfOutcomes(counts),
    })),
  };
}

const ofNone = [null, { number: null, version: null }] as const;
const sumOf = (buckets: readonly { count: number }[]) => buckets.reduce((sum, { count }) => sum + count, 0);

const summed = (slices: readonly OutcomeCounts[]): OutcomeCounts => ({
  passed: slices.reduce((sum, { passed }) => sum + passed, 0),
  failed: slices.reduce((sum, { failed }) => sum + failed, 0),
  noAnswer: slices.reduce((sum, { noAnswer }) => sum + noAnswer, 0),
  errors: slices.reduce((sum, { errors }) => sum + errors, 0),
});

async function scoringNumbered({ stores }: Stores, prompt: PromptId, number?: number): Promise<OnlineScoring | null> {
  if (number === undefined) return stores.onlineScorings.newest(prompt);
  const found = (await stores.onlineScorings.list(prompt)).find((scoring) => scoring.number === number);
  if (found !== undefined) return found;
  throw missing('online_scoring_missing', `This prompt's calls were never scored by a generation ${number}.`);
}

/** The releases of a prompt, newest first. */
async function releaseNumbers({ stores }: Stores, project: Project, prompt: PromptId) {
  const releases = (await stores.releases.list(project.id)).filter(({ promptId }) => promptId === prompt);
  const numbers = new Map<ReleaseId, { number: number; version: number }>();
  for (const { id, number, promptVersionId } of releases) {
    numbers.set(id, { number, version: (await stores.prompts.getVersion(promptVersionId)).number });
  }
  return numbers;
}
