import { cacheKey } from '../../domain/cache-key.ts';
import type { CompletionFailure, CompletionRequest } from '../../domain/completion.ts';
import { WhetstoneError } from '../../domain/errors.ts';
import type { EvalCase } from '../../domain/evaluation-set.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Message } from '../../domain/prompt.ts';
import type { PlanItem } from '../../domain/result.ts';
import type { Outcome, ScoringFailure } from '../../domain/scorer.ts';
import type { CompiledPrompt } from '../../domain/template.ts';
import type { Stores } from '../../storage/stores.ts';
import type { RunWork } from './run-work.ts';

/** An item of the plan that has no usable result yet. */
export type OpenItem = {
  case: EvalCase;
  repeat: number;
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

/**
 * The items of a run that are missing; with `retryErrors` also those that are errors. What failed because the model could not be reached at all counts
 * as missing. They come in the set's order, but a page at a time by their messages where the model runs in this process: it evaluates a beginning that
 * two prompts share only once.
 */
export async function* openItems(stores: Stores, work: RunWork, choice: ItemChoice): AsyncGenerator<OpenItem> {
  const { run } = work;
  if ('only' in choice) {
    const { caseId, repeat, attempt, outcome } = choice.only;
    const item = await stores.evalSets.case(caseId);
    if (item !== null)
      yield { case: item, repeat, attempt: attempt + 1, replaces: outcome, call: prepareCall(work, item, repeat) };
    return;
  }
  const { retryErrors } = choice;
  let after = -1;
  for (;;) {
    const cases = await stores.evalSets.cases(work.setVersion, {
      split: run.settings.split,
      after,
      limit: casesPerPage,
    });
    const last = cases.at(-1);
    if (last === undefined) return;
    after = last.position;
    const ids = cases.map(({ id }) => id);
    const stored = new Map(
      (await stores.results.storedItems(run.id, ids)).map((item) => [`${item.caseId}:${item.repeat}`, item]),
    );
    const items = cases.flatMap((item) =>
      Array.from({ length: run.settings.repeats }, (_, repeat): OpenItem[] => {
        const earlier = stored.get(`${item.id}:${repeat}`);
        const open =
          earlier === undefined ||
          (earlier.failure !== null && (retryErrors || failuresOfTheConnection.includes(earlier.failure)));
        return open
          ? [
              {
                case: item,
                repeat,
                attempt: (earlier?.attempt ?? 0) + 1,
                replaces: earlier === undefined ? null : 'error',
                call: prepareCall(work, item, repeat),
              },
            ]
          : [];
      }).flat(),
    );
    if (work.provider.destination === 'in_process') items.sort(byMessages);
    yield* run.settings.useCache ? await lookUp(stores, items) : items;
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

function prepareCall(work: RunWork, item: EvalCase, repeat: number): OpenItem['call'] {
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

async function lookUp(stores: Stores, items: OpenItem[]): Promise<OpenItem[]> {
  const keys = items.flatMap(({ call }) => (call.type === 'ready' ? [call.cacheKey] : []));
  const found = await stores.results.cached(keys);
  return items.map((item) =>
    item.call.type === 'ready'
      ? { ...item, call: { ...item.call, cached: found.get(item.call.cacheKey) ?? null } }
      : item,
  );
}
