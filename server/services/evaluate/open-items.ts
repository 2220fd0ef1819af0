import { cacheKey } from '../../domain/cache-key.ts';
import type { CompletionFailure, CompletionRequest } from '../../domain/completion.ts';
import { WhetstoneError } from '../../domain/errors.ts';
import type { EvalCase } from '../../domain/evaluation-set.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Message } from '../../domain/prompt.ts';
import type { PlanItem } from '../../domain/result.ts';
import type { Outcome, ScoringFailure } from '../../domain/scorer.ts';
import { seededOrder } from '../../domain/seeded-order.ts';
import type { CompiledPrompt } from '../../domain/template.ts';
import type { StoredItem } from '../../storage/result-store.ts';
import type { Stores } from '../../storage/stores.ts';
import { keptReplies } from './kept-reply.ts';
import type { RunWork } from './run-work.ts';

/** An item of the plan that has no usable result yet. */
export type OpenItem = {
  case: EvalCase;
  repeat: number;
  /** Where it stands in the plan, from 0. */
  place: number;
  /** Number that its result will have. */
  attempt: number;
  /** What its earlier attempt came to; null where there is none. */
  replaces: Outcome | 'error' | null;
  call:
    | { type: 'ready'; request: CompletionRequest; cacheKey: string; cached: string | null }
    | { type: 'unrenderable'; failure: CompletionFailure };
};

/** Which items of a run are asked for beside those that are missing: its errors, or instead of all others one that has an answer. */
export type ItemChoice =
  | { retryErrors: boolean }
  | { only: PlanItem & { attempt: number; outcome: Outcome | 'error' } };

/** Cases read, rendered and looked up at once. */
const casesPerPage = 200;

/** Failures that are no fault of the item: nothing was asked of a model, or none could have answered. */
export const failuresOfTheConnection: readonly (CompletionFailure['code'] | ScoringFailure)[] = [
  'unauthorized',
  'model_not_found',
  'unreachable',
];

/** Is told of each item that is stored and stays so, with its place in the plan. */
export type StoredListener = (place: number, item: StoredItem) => void;

/**
 * The items of a run that are missing; with `retryErrors` also those that are errors. What failed because the model could not be reached at all counts
 * as missing. They come in the set's order, or at random where the run may end early; but a page at a time by their messages where the model runs in this
 * process: it evaluates a beginning that two prompts share only once.
 */
export async function* openItems(
  stores: Stores,
  work: RunWork,
  choice: ItemChoice,
  onStored: StoredListener = () => undefined,
): AsyncGenerator<OpenItem> {
  const { run } = work;
  if ('only' in choice) {
    const { caseId, repeat, attempt, outcome } = choice.only;
    const item = await stores.evalSets.case(caseId);
    const about = { repeat, place: 0, attempt: attempt + 1, replaces: outcome };
    if (item !== null) yield { case: item, ...about, call: prepareCall(work, item, repeat) };
    return;
  }
  const { retryErrors } = choice;
  let place = 0;
  for await (const cases of casePages(stores, work)) {
    const ids = cases.map(({ id }) => id);
    const stored = new Map(
      (await stores.results.storedItems(run.id, ids)).map((item) => [`${item.caseId}:${item.repeat}`, item]),
    );
    const items: OpenItem[] = [];
    for (const item of cases) {
      for (let repeat = 0; repeat < run.settings.repeats; repeat += 1, place += 1) {
        const earlier = stored.get(`${item.id}:${repeat}`);
        if (earlier !== undefined && !isAskedAgain(earlier, retryErrors)) {
          onStored(place, earlier);
          continue;
        }
        const replaces = earlier === undefined ? null : 'error';
        const call = prepareCall(work, item, repeat);
        items.push({ case: item, repeat, place, attempt: (earlier?.attempt ?? 0) + 1, replaces, call });
      }
    }
    if (work.provider.destination === 'in_process') items.sort(byMessages);
    yield* run.settings.useCache ? await lookUp(stores, work, items) : items;
  }
}

const isAskedAgain = ({ failure }: StoredItem, retryErrors: boolean): boolean =>
  failure !== null && (retryErrors || failuresOfTheConnection.includes(failure));

/** The cases of a run in the order of its plan. */
async function* casePages(stores: Stores, { run, setVersion }: RunWork): AsyncGenerator<EvalCase[]> {
  const { split, stopAtRate } = run.settings;
  if (stopAtRate !== null) {
    // The number of the run is its seed: resumed, it goes on in the same order.
    const ids = seededOrder(await stores.evalSets.caseIds(setVersion, { split }), run.id);
    for (let start = 0; start < ids.length; start += casesPerPage) {
      yield await stores.evalSets.casesById(ids.slice(start, start + casesPerPage));
    }
    return;
  }
  for (let after = -1; ; ) {
    const cases = await stores.evalSets.cases(setVersion, { split, after, limit: casesPerPage });
    const last = cases.at(-1);
    if (last === undefined) return;
    after = last.position;
    yield cases;
  }
}

/** Equal beginnings next to each other; what can't be rendered first. */
function byMessages(a: OpenItem, b: OpenItem): number {
  const [first, second] = [messagesOf(a), messagesOf(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

const messagesOf = ({ call }: OpenItem): string =>
  call.type === 'ready' ? call.request.messages.map(({ role, content }) => `${role}\n${content}`).join('\n') : '';

/** What is asked for a case, or why nothing can be. */
export function prepareCall(work: RunWork, item: EvalCase, repeat: number): OpenItem['call'] {
  const rendered = renderCase(work.compiled, item.variables);
  if (!Array.isArray(rendered)) return { type: 'unrenderable', failure: rendered };
  const { parameters, responseFormat } = work.version.content;
  const request = { model: work.model.name, messages: rendered, parameters, responseFormat };
  const key = cacheKey({ ...request, connection: work.model.connection, revision: work.revision, repeat });
  return { type: 'ready', request, cacheKey: key, cached: null };
}

/** The messages for a case, or why they can't be made. */
export function renderCase(compiled: CompiledPrompt, variables: JsonObject): Message[] | CompletionFailure {
  try {
    return compiled.render(variables);
  } catch (error) {
    if (error instanceof WhetstoneError && error.code === 'template_error')
      return { code: 'template_error', message: error.message };
    throw error;
  }
}

async function lookUp({ results }: Stores, { version, provider }: RunWork, items: OpenItem[]): Promise<OpenItem[]> {
  const keys = items.flatMap(({ call }) => (call.type === 'ready' ? [call.cacheKey] : []));
  const { kept, cutOff } = await keptReplies(results, keys, { ...version.content, provider });
  if (cutOff.length > 0) await results.forgetReplies(cutOff);
  return items.map((item) =>
    item.call.type === 'ready'
      ? { ...item, call: { ...item.call, cached: kept.get(item.call.cacheKey) ?? null } }
      : item,
  );
}
