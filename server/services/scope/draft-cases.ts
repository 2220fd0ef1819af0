import type { CaseDraft, Drafting } from '../../domain/case-draft.ts';
import { refused } from '../../domain/errors.ts';
import type { EvalSet } from '../../domain/evaluation-set.ts';
import type { CaseDraftId, DraftingId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { parseModelReference } from '../../domain/model.ts';
import { costOf, type Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { JudgePrompt } from '../../domain/scorer.ts';
import type { Split } from '../../domain/split.ts';
import { estimateMessageTokens, estimateTokens } from '../../domain/tokens.ts';
import type { Provider } from '../../providers/provider.ts';
import { type DraftCounts, decidedMeanwhile, noDrafts } from '../../storage/case-draft-store.ts';
import { allowedProvider } from '../allowed-model.ts';
import { findJudgePrompt } from '../evaluate/judge-prompt.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';
import { CASES_A_CALL } from './case-drafter.ts';
import { draftingRequest, withLikeness } from './drafting-request.ts';
import { type FirstBasis, type FirstChoice, firstBasis } from './first-basis.ts';
import { addCases, setNamed } from './first-set.ts';

type DraftingChoice = Omit<FirstChoice, 'set'> & { set: string; model: string; wanted: number };
export type DraftingView = Omit<Drafting, 'projectId' | 'evalSetId' | 'owner'> & {
  set: string;
  counts: DraftCounts;
};
export type DraftingEstimate = {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** Null where the model has no known price. */
  costUsd: number | null;
};

const PROMPT = 'case-drafts';
/** Source of every case that a model drafted. */
const drafted = 'drafted';
/** Names, quotes and tags of a case in JSON. */
const FRAME_TOKENS = 40;
/** Of a case where the scope has no example. */
const USUAL_CASE_TOKENS = 60;

type Asking = { basis: FirstBasis; provider: Provider; price: Price | null; prompt: JudgePrompt };

/** Throws `scope_not_written`, `data_may_not_leave`, `stand_in_drafts_nothing` and what a model can't be had for. */
async function asking(workbench: Workbench, project: Project, choice: DraftingChoice): Promise<Asking> {
  const { stores } = workbench;
  // A set that is not there yet has nothing to say.
  const known = (await stores.evalSets.find(project.id, choice.set)) !== null;
  const basis = await firstBasis(workbench, project, { ...choice, set: known ? choice.set : undefined });
  const provider = await allowedProvider(workbench, project, choice.model);
  if (provider.standIn) {
    throw refused(
      'stand_in_drafts_nothing',
      `${choice.model} is a stand-in and writes nothing of its own. Choose a language model.`,
    );
  }
  const price = priceFor(await workbench.prices.table(), choice.model, provider);
  const inSet = known ? basis : { ...basis, set: null, version: null };
  return { basis: inSet, provider, price, prompt: await findJudgePrompt(workbench, project, PROMPT) };
}

/** About what drafting would take. Throws as `startDrafting` does. */
export async function draftingEstimate(
  workbench: Workbench,
  project: Project,
  choice: DraftingChoice,
): Promise<DraftingEstimate> {
  const { basis, price, prompt } = await asking(workbench, project, choice);
  const { scope, set, fields, labels } = basis;
  const about = { scope, set: set?.id ?? null, fields, labels };
  const model = parseModelReference(choice.model).name;
  const { messages } = await draftingRequest(workbench, prompt, about, { model, count: CASES_A_CALL });
  const calls = Math.ceil(choice.wanted / CASES_A_CALL);
  const texts = scope.examples.map(({ input, output }) => estimateTokens(`${input} ${output}`));
  const aCase = texts.length === 0 ? USUAL_CASE_TOKENS : texts.reduce((sum, tokens) => sum + tokens, 0) / texts.length;
  const outputTokens = Math.ceil(choice.wanted * (aCase + FRAME_TOKENS));
  const inputTokens = calls * estimateMessageTokens(messages);
  const costUsd = costOf(price, { inputTokens, outputTokens, cachedInputTokens: 0 });
  return { calls, inputTokens, outputTokens, costUsd };
}

/**
 * Lets a model draft cases for a set, which is made where there is none. They wait apart from it. Throws `scope_not_written`, `data_may_not_leave`,
 * `stand_in_drafts_nothing`, `eval_set_name_invalid` and what a model can't be had for; then nothing was stored or asked.
 */
export async function startDrafting(
  workbench: Workbench,
  project: Project,
  choice: DraftingChoice & { author: string },
): Promise<DraftingView> {
  const { basis, provider, price, prompt } = await asking(workbench, project, choice);
  const set = await setNamed(workbench, project, choice.set);
  const { model, wanted, author } = choice;
  const name = `${prompt.name}@${prompt.version}`;
  const drafting = await workbench.stores.caseDrafts.begin({
    projectId: project.id,
    evalSetId: set.id,
    prompt: name,
    model,
    wanted,
    author,
    owner: workbench.caseDrafter.owner,
  });
  const { scope, fields, labels } = basis;
  const about = { scope, set: set.id, fields, labels };
  workbench.caseDrafter.start(drafting, {
    provider,
    price,
    fields,
    labels,
    request: (count) => draftingRequest(workbench, prompt, about, { model: parseModelReference(model).name, count }),
    alike: (drafts) => withLikeness(workbench, about, drafts),
  });
  return viewOf(workbench, drafting, set, noDrafts);
}

/** Every time that a model drafted for a project, newest first, and the drafts that no person has decided on, in the order they came. */
export async function listDrafts(
  workbench: Workbench,
  project: Project,
): Promise<{ draftings: DraftingView[]; drafts: CaseDraft[] }> {
  const { caseDrafts, evalSets } = workbench.stores;
  const draftings = await caseDrafts.draftings(project.id);
  const counts = await caseDrafts.counts(project.id);
  const sets = new Map((await evalSets.list(project.id)).map((set) => [set.id, set]));
  return {
    draftings: draftings.flatMap((drafting) => {
      const set = sets.get(drafting.evalSetId);
      return set === undefined ? [] : [viewOf(workbench, drafting, set, counts.get(drafting.id) ?? noDrafts)];
    }),
    drafts: await caseDrafts.open(project.id),
  };
}

/** Ends a drafting; what it brought stays. Throws `drafting_missing`. */
export async function stopDrafting(workbench: Workbench, id: number): Promise<void> {
  const drafting = await workbench.stores.caseDrafts.drafting(id as DraftingId);
  await workbench.caseDrafter.stop(drafting.id);
}

type Confirmed = {
  case: { variables: JsonObject; expected: JsonValue; tags: readonly string[]; split: Split };
  author: string;
};

/** Puts a draft, as a person left it, into its set. Throws `case_draft_missing`, `case_draft_decided`. */
export async function confirmDraft(workbench: Workbench, id: number, confirmed: Confirmed): Promise<CaseDraft> {
  const { caseDrafts, evalSets, projects } = workbench.stores;
  const draft = await caseDrafts.draft(id as CaseDraftId);
  if (draft.state !== 'open') throw decidedMeanwhile(draft);
  const { projectId, evalSetId, model } = await caseDrafts.drafting(draft.draftingId);
  const [project, set] = [await projects.get(projectId), await evalSets.get(evalSetId)];
  const key = `drafted-${draft.id}`;
  // Where the process ended between the two, the case is there and the draft is still open.
  if (!(await evalSets.hasCase(set.id, key))) {
    await addCases(workbench, project, set, {
      changes: [{ type: 'add', key, case: confirmed.case, source: drafted }],
      note: `Drafted by ${model}, confirmed by a person`,
      author: confirmed.author,
    });
  }
  // Dropped by another one at this moment it is a case all the same.
  const { state } = await caseDrafts.draft(draft.id);
  return caseDrafts.decide(draft.id, state === 'dropped' ? state : 'open', {
    state: 'confirmed',
    author: confirmed.author,
  });
}

/** Throws `case_draft_missing`, `case_draft_decided`. */
export const dropDraft = ({ stores }: Workbench, id: number, author: string): Promise<CaseDraft> =>
  stores.caseDrafts.decide(id as CaseDraftId, 'open', { state: 'dropped', author });

/** Takes back that a draft was dropped. Throws `case_draft_missing`, `case_draft_decided`. */
export const reopenDraft = ({ stores }: Workbench, id: number): Promise<CaseDraft> =>
  stores.caseDrafts.decide(id as CaseDraftId, 'dropped', { state: 'open', author: '' });

function viewOf(workbench: Workbench, drafting: Drafting, set: EvalSet, counts: DraftCounts): DraftingView {
  const { projectId: _, evalSetId: __, owner: ___, ...about } = workbench.caseDrafter.asItStands(drafting);
  return { ...about, set: set.slug, counts };
}
