import type { SentBody } from '../../../../server/http/contract/index.ts';

export type RunRequest = SentBody<'POST /api/projects/:project/runs'>;
/** What a number field holds while a person types; empty is none. */
type Typed = number | string;
/** `id` tells rows apart while they are added and removed. */
export type ScorerDraft = {
  id: number;
  name: string;
  args: string;
  negate: boolean;
  weight: Typed;
  /** What its scores are called; empty is the scorer as it is written. */
  metric?: string;
};
/** The form of a new run as it is filled in. */
export type RunDraft = {
  prompt: string;
  /** Null for the newest. */
  version: number | null;
  set: string;
  model: string;
  mode: 'live' | 'batch';
  split: 'dev' | 'holdout' | 'all';
  /** Null for those that suit the prompt and the set. */
  scorers: readonly ScorerDraft[] | null;
  threshold: Typed;
  /** Models that scorers ask, as `connection/name`; empty is none. */
  judgeModel: string;
  embeddingModel: string;
  repeats: Typed;
  concurrency: Typed;
  useCache: boolean;
  maxCostUsd: Typed;
  maxErrors: Typed;
  errorUnit: 'percent' | 'count';
  timeoutSeconds: Typed;
  /** Pass rate in percent at which the run may end early; empty: it asks all cases. */
  stopAtPercent: Typed;
  note: string;
};
/** Fields that a message can stand at. */
export type DraftField =
  | 'prompt'
  | 'set'
  | 'model'
  | 'scorers'
  | 'threshold'
  | 'judgeModel'
  | 'embeddingModel'
  | 'repeats'
  | 'concurrency'
  | 'maxCostUsd'
  | 'maxErrors'
  | 'timeoutSeconds'
  | 'stopAtPercent'
  | `args:${number}`
  | `weight:${number}`;

/** The server's own defaults, so that a person sees what they are. */
export const emptyDraft: RunDraft = {
  prompt: '',
  version: null,
  set: '',
  model: '',
  mode: 'live',
  split: 'dev',
  scorers: null,
  threshold: '',
  judgeModel: '',
  embeddingModel: '',
  repeats: 1,
  concurrency: 8,
  useCache: true,
  maxCostUsd: '',
  maxErrors: 5,
  errorUnit: 'percent',
  timeoutSeconds: 60,
  stopAtPercent: '',
  note: '',
};

/** Whether one of the chosen scorers asks such a model. A composition may hold scorers that ask either. */
export const asksModel = (
  scorers: RunDraft['scorers'],
  known: readonly { name: string; needs: string | null }[],
  need: 'judge_model' | 'embedding_model',
): boolean =>
  known.some(
    ({ name, needs }) => (needs === need || needs === 'scorers') && scorers?.some((scorer) => scorer.name === name),
  );

/** A form's content as what is asked of the server, or which of its fields are wrong. `argumentNeeded` names the scorers that can't do without. */
export function readDraft(
  draft: RunDraft,
  argumentNeeded: ReadonlySet<string>,
): { request: RunRequest; wrong: null } | { request: null; wrong: ReadonlySet<DraftField> } {
  const wrong = new Set<DraftField>();
  for (const field of ['prompt', 'set', 'model'] as const) if (draft[field] === '') wrong.add(field);
  const number = (field: DraftField, value: Typed, within: (value: number) => boolean): number => {
    const parsed = value === '' ? Number.NaN : Number(value);
    if (Number.isNaN(parsed) || !within(parsed)) wrong.add(field);
    return parsed;
  };
  const whole = (least: number, most: number) => (value: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  const scorers = draft.scorers?.map(({ id, name, args, negate, weight, metric = '' }) => {
    if (args.trim() === '' && argumentNeeded.has(name)) wrong.add(`args:${id}`);
    return {
      name,
      args: args.trim(),
      negate,
      weight: number(`weight:${id}`, weight, (value) => value > 0),
      ...(metric.trim() !== '' && { metric: metric.trim() }),
    };
  });
  if (scorers?.length === 0) wrong.add('scorers');
  const errors = number(
    'maxErrors',
    draft.maxErrors,
    draft.errorUnit === 'count' ? whole(0, 1e9) : (value) => value >= 0 && value <= 100,
  );
  const [judgeModel, embeddingModel] = [draft.judgeModel.trim(), draft.embeddingModel.trim()];
  const request: RunRequest = {
    prompt: draft.prompt,
    version: draft.version ?? undefined,
    set: draft.set,
    model: draft.model,
    mode: draft.mode,
    split: draft.split,
    scorers,
    threshold:
      (scorers?.length ?? 0) < 2 || draft.threshold === ''
        ? null
        : number('threshold', draft.threshold, (value) => value >= 0 && value <= 1),
    judgeModel: judgeModel === '' ? null : judgeModel,
    embeddingModel: embeddingModel === '' ? null : embeddingModel,
    repeats: number('repeats', draft.repeats, whole(1, 20)),
    concurrency: number('concurrency', draft.concurrency, whole(1, 256)),
    useCache: draft.useCache,
    maxCostUsd: draft.maxCostUsd === '' ? null : number('maxCostUsd', draft.maxCostUsd, (value) => value >= 0),
    maxErrors: draft.errorUnit === 'count' ? { type: 'count', value: errors } : { type: 'rate', value: errors / 100 },
    timeoutMs: Math.round(
      number('timeoutSeconds', draft.timeoutSeconds, (value) => value >= 0.1 && value <= 3_600) * 1_000,
    ),
    stopAtRate:
      draft.stopAtPercent === '' || draft.mode === 'batch'
        ? null
        : number('stopAtPercent', draft.stopAtPercent, (value) => value > 0 && value < 100) / 100,
    note: draft.note.trim() === '' ? undefined : draft.note.trim(),
  };
  return wrong.size === 0 ? { request, wrong: null } : { request: null, wrong };
}

/** At which field the server's refusal belongs. */
export const fieldOfError = (code: string): DraftField | null =>
  errorFields.find(([start]) => code.startsWith(start))?.[1] ?? null;

const errorFields: readonly [string, DraftField][] = [
  ['judge_model', 'judgeModel'],
  ['embedding_model', 'embeddingModel'],
  ['judge_prompt', 'scorers'],
  ['cost_cap', 'maxCostUsd'],
  ['early_stop', 'stopAtPercent'],
  ['scorer', 'scorers'],
  ['model', 'model'],
  ['connection', 'model'],
  ['batches', 'model'],
  ['prompt', 'prompt'],
  ['eval_set', 'set'],
];
