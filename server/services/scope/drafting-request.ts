import { setImmediate } from 'node:timers/promises';
import { markFor } from '../../../evals/scorers/shared/ask-judge.ts';
import { type DraftedCase, LikenessSearch } from '../../domain/case-draft.ts';
import type { CompletionRequest } from '../../domain/completion.ts';
import { caseText, type EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { EvalSetId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/scope.ts';
import type { JudgePrompt } from '../../domain/scorer.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { DraftingPart } from '../../storage/case-draft-store.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
/** Of cases and drafts that are there, so many are shown to the model. */
const MOST_SHOWN = 20;
/** Of a set, so many cases are read at once. */
const PAGE = 500;
/** So many earlier drafts are compared. */
const MOST_COMPARED = 1_000;

type Asked = {
  scope: Scope;
  /** Null before there is a set. */
  set: EvalSetId | null;
  fields: readonly string[];
  labels: readonly string[];
};

/** What a model is sent for the next cases: the scope, and the newest of what is there. Holdout cases stay here. */
export async function draftingRequest(
  { stores }: Stores,
  { content }: JudgePrompt,
  { scope, set, fields, labels }: Asked,
  { model, count }: { model: string; count: number },
): Promise<CompletionRequest> {
  const version = set === null ? null : await stores.evalSets.version(set, null);
  const newest = set === null ? [] : await stores.caseDrafts.newestOf(set, MOST_SHOWN);
  // Those that were confirmed are cases now, some of them holdout.
  const drafts = newest.filter(({ state }) => state !== 'confirmed');
  const cases =
    version === null
      ? []
      : await stores.evalSets.cases(version, {
          split: 'dev',
          drawn: true,
          limit: Math.max(0, MOST_SHOWN - drafts.length),
        });
  const { problem, users, inputs, outputs, mustNever, examples } = scope;
  const variables = {
    scope: JSON.stringify({ problem, users, inputs, outputs, mustNever }, null, 1),
    examples: JSON.stringify(examples, null, 1),
    present: JSON.stringify(
      [...drafts, ...cases].map((item) => item.variables),
      null,
      1,
    ),
    fields: fields.join('\n'),
    labels: labels.join('\n'),
    count,
  };
  const messages = compilePrompt(content).render({ ...variables, mark: markFor(variables) });
  return { model, messages, parameters: content.parameters, responseFormat: content.responseFormat };
}

/** Marks new cases that are nearly the same as a case of the set, an example of the scope, or another draft. A large set is read a part at a time. */
export async function withLikeness(
  { stores }: Stores,
  { scope, set }: Pick<Asked, 'scope' | 'set'>,
  cases: readonly DraftedCase[],
): Promise<DraftingPart['drafts']> {
  if (cases.length === 0) return [];
  const search = new LikenessSearch(cases);
  const version = set === null ? null : await stores.evalSets.version(set, null);
  if (version !== null) await compareWithCases({ stores }, version, search);
  search.compare(
    'example',
    scope.examples.map(({ input }) => input),
  );
  const drafts = set === null ? [] : await stores.caseDrafts.newestOf(set, MOST_COMPARED);
  search.compare(
    'draft',
    drafts.map(({ variables }) => caseText(variables)),
  );
  return cases.map((item, index) => ({ ...item, like: search.found[index] ?? null }));
}

async function compareWithCases({ stores }: Stores, version: EvalSetVersion, search: LikenessSearch): Promise<void> {
  let after: number | undefined;
  do {
    const page = await stores.evalSets.cases(version, { after, limit: PAGE });
    search.compare(
      'case',
      page.map(({ variables }) => caseText(variables)),
    );
    after = page.length < PAGE ? undefined : page.at(-1)?.position;
    await setImmediate();
  } while (after !== undefined);
}
