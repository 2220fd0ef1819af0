import { readParts } from '../../../evals/scorers/shared/parts.ts';
import { prepareScorers } from '../../domain/combine-scores.ts';
import { invalid, WhetstoneError } from '../../domain/errors.ts';
import type { EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { SplitChoice } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { readScorerFileReference } from '../../domain/scorer-file.ts';
import { parseScorerSpec } from '../../domain/scorer-spec.ts';
import type { Scoring } from '../../domain/scoring.ts';
import type { Saying } from '../../formats/file-problem.ts';
import type { Workbench } from '../workbench.ts';
import { freezeScorers } from './freeze-scorers.ts';
import { checkScorers, needsOf, noTools } from './scorer-tools.ts';

/**
 * Reads a scorer of a case as it is typed, with its argument. A set version never changes, so that what it judges by must not either. Throws `scorer_spec_invalid`,
 * `scorer_missing`, `scorer_argument_invalid`, `scorer_metric_invalid`, and `case_scorer_not_held` where it names a prompt or a file without saying which of its texts.
 */
export function readCaseScorer(text: string): ScorerSpec {
  const spec = parseScorerSpec(text);
  prepareScorers([spec], noTools, null);
  if (isHeld(spec)) return spec;
  throw invalid(
    'case_scorer_not_held',
    `A case keeps its scorers as they are: "${text}" has to say which version. Write judge:PROMPT@VERSION or script:NAME@HASH, as runs show them.`,
    { details: { scorer: text } },
  );
}

function isHeld({ name, args }: ScorerSpec): boolean {
  if (name === 'judge') return /@\d+$/.test(args.trim());
  if (name === 'script') return (readScorerFileReference(args.trim())?.hash ?? null) !== null;
  if (name !== 'all-of' && name !== 'any-of') return true;
  return readParts(name, args).every((part) => isHeld(parseScorerSpec(part)));
}

/** What is wrong with a scorer of a case as it is typed; null where nothing is. */
export function caseScorerProblem(text: string): Saying | null {
  try {
    readCaseScorer(text);
    return null;
  } catch (error) {
    if (error instanceof WhetstoneError) {
      const { message } = error;
      return { code: 'case_scorer_wrong', values: { scorer: text, reason: message }, message };
    }
    throw error;
  }
}

/** The different scorers that cases of a set version have of their own. */
export async function scorersOfCases(
  { stores }: Pick<Workbench, 'stores'>,
  setVersion: EvalSetVersion,
  split: SplitChoice,
): Promise<ScorerSpec[]> {
  const texts = new Set((await stores.evalSets.caseScorers(setVersion, split)).flat());
  return [...texts].map(parseScorerSpec);
}

/**
 * Checks that scorers of cases can judge where a scoring does. Throws `judge_model_missing`, `embedding_model_missing`, `judge_prompt_missing` and
 * `scorer_file_missing`.
 */
export async function checkCaseScorers(
  workbench: Pick<Workbench, 'stores' | 'scorersDirectory'>,
  project: Project,
  own: readonly ScorerSpec[],
  scoring: Scoring,
): Promise<void> {
  for (const spec of own) checkScorers({ ...scoring, scorers: [spec] });
  await freezeScorers(workbench, project, own);
}

/** As `needsOf`, with what scorers of cases judge with. */
export const needsWithCases = (scoring: Scoring, own: readonly ScorerSpec[]): ReturnType<typeof needsOf> =>
  Object.assign(
    {},
    ...[scoring.scorers, ...own.map((spec) => [spec])].map((scorers) => needsOf({ ...scoring, scorers })),
  );
