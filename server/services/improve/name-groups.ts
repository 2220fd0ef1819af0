import { type JudgeReply, judgeWith, markFor, unreadable } from '../../../evals/scorers/shared/ask-judge.ts';
import { unavailable } from '../../domain/errors.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { ScoringError } from '../../domain/scorer.ts';
import { compilePrompt } from '../../domain/template.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import { findJudgePrompt } from '../evaluate/judge-prompt.ts';
import { createScorerTools } from '../evaluate/scorer-tools.ts';
import type { Workbench } from '../workbench.ts';
import type { SuggestedGroup } from './suggest-groups.ts';

/** Groups that one call names, and cases of each that the model reads. */
const MOST_NAMED = 20;
const CASES_READ = 6;
const PROMPT = 'failure-names';
/** As answers usually are. */
const REASONING_TOKENS = 60;
const NAME_TOKENS = 20;
/** As long as a category may be. */
const LONGEST_NAME = 80;

/** Lets a model name groups by a few cases of each; what it gives the same name becomes one group. Equal questions are answered from the cache. Throws `failure_names_missing`. */
export async function nameGroups(
  workbench: Workbench,
  project: Project,
  groups: readonly SuggestedGroup[],
  { model, signal }: { model: string; signal: AbortSignal },
): Promise<{ groups: SuggestedGroup[]; costUsd: number | null }> {
  if (groups.length === 0) return { groups: [], costUsd: 0 };
  const tools = await createScorerTools(workbench, project, { judgeModel: model, embeddingModel: null });
  const variables = await questionOf(workbench, project, groups);
  const ask = judgeWith(tools, PROMPT, '');
  const { said: names, costUsd } = await ask(variables, namesIn, signal).catch((error: unknown) => {
    if (error instanceof ScoringError) throw noNames(model, error);
    throw error;
  });
  return { groups: joined(groups.map((group, index) => ({ ...group, name: names.get(index) ?? null }))), costUsd };
}

/** By the index of their group. Throws `ScoringError`. */
function namesIn({ verdict, costUsd }: JudgeReply): Map<number, string> {
  const names = new Map<number, string>();
  for (const one of Array.isArray(verdict.groups) ? verdict.groups : []) {
    if (!isJsonObject(one) || typeof one.group !== 'number' || typeof one.name !== 'string') continue;
    const name = one.name.trim().slice(0, LONGEST_NAME);
    if (name !== '') names.set(one.group - 1, name);
  }
  if (names.size === 0) throw unreadable(JSON.stringify(verdict), costUsd);
  return names;
}

/** About how many tokens a model would be sent for the names, and would answer with. */
export async function namingTokens(
  workbench: Workbench,
  project: Project,
  groups: readonly SuggestedGroup[],
): Promise<{ input: number; output: number }> {
  if (groups.length === 0) return { input: 0, output: 0 };
  const variables = await questionOf(workbench, project, groups);
  const { content } = await findJudgePrompt(workbench, project, PROMPT);
  const messages = compilePrompt(content).render({ ...variables, mark: markFor(variables) });
  return {
    input: estimateMessageTokens(messages),
    output: REASONING_TOKENS + NAME_TOKENS * Math.min(groups.length, MOST_NAMED),
  };
}

async function questionOf(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
  groups: readonly SuggestedGroup[],
): Promise<{ groups: string; categories: string }> {
  const used = await stores.reviews.categories(project.id);
  const asked = groups.slice(0, MOST_NAMED).map(({ reason, cases }, index) => ({
    group: index + 1,
    shared: reason.type === 'words' ? reason.words : reason,
    cases: cases.slice(0, CASES_READ).map(({ result: _, caseKey: __, ...texts }) => texts),
  }));
  return {
    groups: JSON.stringify(asked, null, 1),
    categories: used
      .slice(0, MOST_NAMED)
      .map(({ category }) => category)
      .join('\n'),
  };
}

const noNames = (model: string, cause: ScoringError) =>
  unavailable(
    'failure_names_missing',
    `${model} gave no names for the groups: ${cause.message} Group without a model, or choose another one.`,
    { cause },
  );

/** Groups of one name are one group, largest first. */
function joined(groups: readonly SuggestedGroup[]): SuggestedGroup[] {
  const byName = new Map<string, SuggestedGroup>();
  groups.forEach((group, index) => {
    const key = group.name?.toLowerCase() ?? `#${index}`;
    const same = byName.get(key);
    byName.set(key, same === undefined ? group : { ...same, cases: [...same.cases, ...group.cases] });
  });
  return [...byName.values()].sort((a, b) => b.cases.length - a.cases.length);
}
