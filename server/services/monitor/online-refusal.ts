import { findScorer } from '../../../evals/scorers/index.ts';
import { readParts } from '../../../evals/scorers/shared/parts.ts';
import { invalid } from '../../domain/errors.ts';
import type { OnlineRefusal } from '../../domain/online-scoring.ts';
import type { Scorer, ScorerSpec } from '../../domain/scorer.ts';
import { formatScorerSpec, parseScorerSpec } from '../../domain/scorer-spec.ts';
import { keptScorerFile } from '../evaluate/freeze-scorers.ts';
import type { Workbench } from '../workbench.ts';

/** Why a scorer is not offered for production, whatever its argument; null where it is. */
export const refusedOnline = (scorer: Scorer): OnlineRefusal | null => refusalOf(scorer, 'some argument');

/**
 * Throws where one of the scorers, in compositions too, can't judge an answer that belongs to no case: `online_scorer_asks_model`,
 * `online_scorer_needs_expected`, `online_scorer_not_reported`. Throws `scorer_argument_invalid` where it can't be told.
 */
export function requireOnline(specs: readonly ScorerSpec[]): void {
  for (const spec of everyPart(specs)) {
    const refusal = refusalOf(findScorer(spec.name), spec.args);
    if (refusal !== null) throw errors[refusal](formatScorerSpec(spec));
  }
}

/** The same for files of one's own, by the text that they are held at. */
export async function requireOnlineFiles(
  workbench: Pick<Workbench, 'stores'>,
  frozen: readonly ScorerSpec[],
): Promise<void> {
  for (const spec of everyPart(frozen)) {
    if (await readsExpected(workbench, spec)) throw errors.needs_expected(formatScorerSpec(spec));
  }
}

/**
 * Why a scorer of an evaluation, as it is frozen, says another thing of production's calls or none; null where it says the same. `expected_where_given`: it compared with
 * what the cases expect.
 */
export async function differsOnline(
  workbench: Pick<Workbench, 'stores'>,
  spec: ScorerSpec,
): Promise<OnlineRefusal | 'expected_where_given' | null> {
  const parts = everyPart([spec]);
  for (const part of parts) {
    const refusal = refusalOf(findScorer(part.name), part.args);
    if (refusal !== null) return refusal;
    if (await readsExpected(workbench, part)) return 'needs_expected';
  }
  const compares = ({ name, args }: ScorerSpec) => findScorer(name).usesExpected?.(args) === 'where_given';
  return parts.some(compares) ? 'expected_where_given' : null;
}

/** Whether a file of one's own, as it is held, names what is expected. */
const readsExpected = async (workbench: Pick<Workbench, 'stores'>, { name, args }: ScorerSpec): Promise<boolean> =>
  name === 'script' && /\bexpected\b/.test(await keptScorerFile(workbench, args));

/** The scorers and the parts of those that are compositions. */
function everyPart(specs: readonly ScorerSpec[]): ScorerSpec[] {
  return specs.flatMap((spec) => {
    if (findScorer(spec.name).needs !== 'scorers') return [spec];
    return everyPart(readParts(spec.name, spec.args).map(parseScorerSpec));
  });
}

function refusalOf({ name, needs, usesExpected }: Scorer, args: string): OnlineRefusal | null {
  if (needs === 'judge_model' || needs === 'embedding_model') return 'asks_model';
  if (usesExpected?.(args) === 'needed') return 'needs_expected';
  return name === 'finish-reason' ? 'not_reported' : null;
}

const errors = {
  asks_model: (scorer: string) =>
    invalid(
      'online_scorer_asks_model',
      `"${scorer}" asks a model. That costs on every call, and says something only once people's labels have calibrated it. Make cases of production calls and score those with it in a run.`,
      { details: { reason: { code: 'online_scorer_asks_model', values: { scorer } } } },
    ),
  needs_expected: (scorer: string) =>
    invalid(
      'online_scorer_needs_expected',
      `"${scorer}" compares with what a case expects, and a production call has no such thing. Take one that judges by the output alone, such as json-valid or contains:TEXT.`,
      { details: { reason: { code: 'online_scorer_needs_expected', values: { scorer } } } },
    ),
  not_reported: (scorer: string) =>
    invalid(
      'online_scorer_not_reported',
      `"${scorer}" judges by why the reply ended, which production calls do not report. Take another scorer.`,
      { details: { reason: { code: 'online_scorer_not_reported', values: { scorer } } } },
    ),
};
