import type { ScorerSpec } from './scorer.ts';
import { formatScorerSpec, parseScorerSpec } from './scorer-spec.ts';

export const mostCaseScorers = 20;
export const longestCaseScorer = 2000;

/** The metric of those scorers of a case that take no other's place. */
const caseMetric = 'case';

/** A scorer as it judges one case. */
export type AppliedScorer = {
  spec: ScorerSpec;
  /** What its score counts as: the run's scorer as it is typed, so that every case has the same metrics. */
  goesBy: string;
  /** What the case holds in that one's place. */
  own?: string;
};

/**
 * The scorers of a run as they judge a case that has some of its own. One that has the name of one of the run's, or is the only one of its kind there, takes its
 * place and its weight; all others are asked beside them, and count together as the metric `case`, or in place of the run's that has that name. Several in
 * one place must each pass. Throws `scorer_spec_invalid` and `scorer_metric_invalid`.
 */
export function scorersOfCase(run: readonly ScorerSpec[], own: readonly string[]): AppliedScorer[] {
  const specs = own.map(parseScorerSpec);
  const placed = Map.groupBy(specs, (spec) => placeOf(run, spec));
  const applied = run.map((spec, place): AppliedScorer => {
    const goesBy = formatScorerSpec(spec);
    const held = placed.get(place);
    return held === undefined ? { spec, goesBy } : { ...together(held, spec.weight), goesBy };
  });
  const beside = placed.get(null);
  return beside === undefined ? applied : [...applied, { ...together(beside, 1), goesBy: caseMetric }];
}

/** Null where it takes none's place. */
function placeOf(run: readonly ScorerSpec[], { name, metric }: ScorerSpec): number | null {
  const placesOf = (matches: (spec: ScorerSpec) => boolean) =>
    run.flatMap((spec, place) => (matches(spec) ? [place] : []));
  const places = placesOf((spec) => (metric === undefined ? spec.name === name : spec.metric === metric));
  const [place = null] = places.length === 1 ? places : placesOf((spec) => spec.metric === caseMetric);
  return place;
}

function together(held: readonly ScorerSpec[], weight: number): { spec: ScorerSpec; own: string } {
  const bare = held.map(({ metric: _, ...spec }) => ({ ...spec, weight: 1 }));
  const [only] = bare;
  const spec =
    bare.length === 1 && only !== undefined
      ? only
      : { name: 'all-of', args: JSON.stringify(bare.map(formatScorerSpec)), negate: false, weight: 1 };
  return { spec: { ...spec, weight }, own: formatScorerSpec(spec) };
}
