import { describe, expect, it } from 'vitest';
import { asksModel, emptyDraft, fieldOfError, type RunDraft, readDraft } from '../../web/src/pages/runs/run-draft.ts';

const filled: RunDraft = { ...emptyDraft, prompt: 'sentiment', set: 'reviews', model: 'openai/gpt-5-mini' };
const noneNeeded = new Set<string>();
const wrongIn = (part: Partial<RunDraft>, needed: ReadonlySet<string> = noneNeeded) => [
  ...(readDraft({ ...filled, ...part }, needed).wrong ?? []),
];

describe('the form of a new run', () => {
  it('names the models that scorers ask, and shows at their fields what is refused of them', () => {
    const named = { ...filled, judgeModel: 'openai/judge', embeddingModel: ' openai/embedder ' };
    expect(readDraft(named, noneNeeded).request).toMatchObject({
      judgeModel: 'openai/judge',
      embeddingModel: 'openai/embedder',
    });
    expect(fieldOfError('judge_model_missing')).toBe('judgeModel');
    expect(fieldOfError('embedding_model_missing')).toBe('embeddingModel');
    expect(fieldOfError('judge_prompt_missing')).toBe('scorers');
  });

  it('asks for what is filled in, and leaves to the server what is not', () => {
    expect(readDraft(filled, noneNeeded).request).toEqual({
      judgeModel: null,
      embeddingModel: null,
      prompt: 'sentiment',
      version: undefined,
      set: 'reviews',
      model: 'openai/gpt-5-mini',
      mode: 'live',
      split: 'dev',
      scorers: undefined,
      threshold: null,
      repeats: 1,
      concurrency: 8,
      useCache: true,
      maxCostUsd: null,
      maxErrors: { type: 'rate', value: 0.05 },
      timeoutMs: 60_000,
      stopAtRate: null,
      note: undefined,
    });
  });

  it('leaves out the rate to stop at where all cases are sent at once', () => {
    const { request } = readDraft({ ...filled, mode: 'batch', stopAtPercent: 80 }, noneNeeded);
    expect(request).toMatchObject({ mode: 'batch', stopAtRate: null });
    expect(fieldOfError('batches_missing')).toBe('model');
  });

  it('takes the rate at which a run may end early in percent', () => {
    expect(readDraft({ ...filled, stopAtPercent: 80 }, noneNeeded).request?.stopAtRate).toBe(0.8);
    for (const stopAtPercent of [0, 100, 'soon']) expect(wrongIn({ stopAtPercent })).toEqual(['stopAtPercent']);
  });

  it('asks for a model only where a chosen scorer does, also one within a composition', () => {
    const known = [
      { name: 'rubric', needs: 'judge_model' },
      { name: 'any-of', needs: 'scorers' },
      { name: 'exact', needs: null },
    ];
    const chosen = (name: string) => [{ id: 1, name, args: '', negate: false, weight: 1 }];
    const asked = (name: string) => asksModel(chosen(name), known, 'judge_model');
    expect(['rubric', 'any-of', 'exact'].map(asked)).toEqual([true, true, false]);
    expect(asksModel(chosen('rubric'), known, 'embedding_model')).toBe(false);
    expect(asksModel(null, known, 'judge_model')).toBe(false);
  });

  it('names each field that is wrong', () => {
    expect(wrongIn({ prompt: '', set: '', model: '' })).toEqual(['prompt', 'set', 'model']);
    expect(wrongIn({ repeats: 21 })).toEqual(['repeats']);
    expect(wrongIn({ repeats: 1.5 })).toEqual(['repeats']);
    expect(wrongIn({ concurrency: '' })).toEqual(['concurrency']);
    expect(wrongIn({ maxCostUsd: -1 })).toEqual(['maxCostUsd']);
    expect(wrongIn({ maxCostUsd: 'much' })).toEqual(['maxCostUsd']);
    expect(wrongIn({ timeoutSeconds: 0 })).toEqual(['timeoutSeconds']);
  });

  it('takes an error limit as a share or as a count', () => {
    expect(readDraft({ ...filled, maxErrors: 3, errorUnit: 'count' }, noneNeeded).request?.maxErrors).toEqual({
      type: 'count',
      value: 3,
    });
    expect(wrongIn({ maxErrors: 101 })).toEqual(['maxErrors']);
    expect(wrongIn({ maxErrors: 2.5, errorUnit: 'count' })).toEqual(['maxErrors']);
  });

  it('checks each scorer: an argument where one is needed, a weight above nothing', () => {
    const scorers = [
      { id: 4, name: 'regex', args: ' ', negate: false, weight: 1 },
      { id: 7, name: 'label', args: '', negate: true, weight: 0 },
    ];
    expect(wrongIn({ scorers }, new Set(['regex']))).toEqual(['args:4', 'weight:7']);
    expect(wrongIn({ scorers: [] })).toEqual(['scorers']);
  });

  it('sends a threshold only where there are several scorers', () => {
    const [one, two] = ['label', 'exact'].map((name, id) => ({ id, name, args: '', negate: false, weight: 1 }));
    if (one === undefined || two === undefined) throw new Error('two scorers');
    const thresholdOf = (scorers: RunDraft['scorers']) =>
      readDraft({ ...filled, scorers, threshold: 0.7 }, noneNeeded).request?.threshold;
    expect(thresholdOf([one])).toBeNull();
    expect(thresholdOf([one, two])).toBe(0.7);
    expect(wrongIn({ scorers: [one, two], threshold: 1.2 })).toEqual(['threshold']);
  });

  it('knows at which field a refusal of the server belongs', () => {
    expect(fieldOfError('cost_cap_without_price')).toBe('maxCostUsd');
    expect(fieldOfError('scorer_argument_invalid')).toBe('scorers');
    expect(fieldOfError('model_not_allowed')).toBe('model');
    expect(fieldOfError('internal_error')).toBeNull();
  });
});
