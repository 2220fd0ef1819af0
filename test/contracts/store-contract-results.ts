import { expect, it } from 'vitest';
import type { ResultId } from '../../server/domain/ids.ts';
import type { Opened } from './store-contract.ts';
import { answered, failed, leaseMs, newRun, owner, reply, rescore, seed, store } from './store-seed.ts';

export function resultContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const [a, b, c] = seeded.cases;
    if (!a || !b || !c) throw new Error('there are three cases');
    return { stores, results: stores.results, seeded, run: seeded.run, a, b, c };
  };

  it('gives back what was stored, with its case and judgement', async () => {
    const { stores, results, seeded, run, a, b } = await start();
    await store(stores, seeded, [answered(a, 'passed', { latencyMs: 12.5 }), failed(b)]);
    const [first, second] = await results.page(run.id);
    expect(first).toEqual({
      result: {
        id: expect.any(Number),
        runId: run.id,
        caseId: a.id,
        repeat: 0,
        attempt: 1,
        latencyMs: 12.5,
        calls: 1,
        createdAt: expect.any(String),
        type: 'reply',
        reply: reply(),
      },
      case: { key: 'c1', variables: { review: 'Review c1' }, expected: 'positive', tags: [], split: 'dev' },
      judgement: answered(a, 'passed').judgement,
    });
    expect(second).toMatchObject({
      result: { type: 'error', failure: { code: 'timeout', message: 'no reply within 60 s' }, calls: 4 },
      judgement: null,
    });
    if (!first) throw new Error('two results were stored');
    expect(await results.get(first.result.id)).toEqual(first);
    await expect(results.get(0 as ResultId)).rejects.toMatchObject({ code: 'result_missing' });
  });

  it('counts the last attempt and keeps the earlier ones', async () => {
    const { stores, results, seeded, run, a, b } = await start();
    await store(stores, seeded, [failed(a), answered(b, 'passed')]);
    expect(await results.storedItems(run.id)).toEqual([
      { caseId: a.id, repeat: 0, attempt: 1, outcome: 'error', failure: 'timeout' },
      { caseId: b.id, repeat: 0, attempt: 1, outcome: 'passed', failure: null },
    ]);
    await store(stores, seeded, [answered(a, 'passed', { attempt: 2 })]);
    expect(await results.storedItems(run.id)).toContainEqual({
      caseId: a.id,
      repeat: 0,
      attempt: 2,
      outcome: 'passed',
      failure: null,
    });
    expect(await results.page(run.id)).toHaveLength(2);
    const attempts = await results.attempts(run.id, { caseId: a.id, repeat: 0 });
    expect(attempts.map(({ type, attempt }) => [type, attempt])).toEqual([
      ['error', 1],
      ['reply', 2],
    ]);
    const [first] = attempts;
    if (!first) throw new Error('two attempts were stored');
    expect((await results.get(first.id)).result).toEqual(first);
    expect(await stores.runs.summary(run.id)).toMatchObject({ done: 2, errors: 0, passed: 2 });
  });

  it('stores all of a batch or nothing', async () => {
    const { stores, results, seeded, run, a, b } = await start();
    await store(stores, seeded, [answered(a, 'passed', { cacheKey: 'k1' })]);
    const again = store(stores, seeded, [answered(b, 'passed', { cacheKey: 'k2' }), answered(a, 'failed')]);
    await expect(again).rejects.toThrow();
    expect(await results.storedItems(run.id)).toHaveLength(1);
    expect(await results.cached(['k1', 'k2'])).toEqual(new Map([['k1', '{"for":"k1"}']]));
  });

  it('takes nothing from one that does not hold the run any more', async () => {
    const { stores, results, run, a } = await start();
    const scoring = await stores.runs.scoring(run.id);
    await expect(results.add(run.id, owner, scoring.id, [answered(a, 'passed')])).rejects.toMatchObject({
      code: 'run_lost',
    });
    await stores.runs.claim(run.id, owner, -1);
    await stores.runs.claim(run.id, 'elsewhere:2:other', leaseMs);
    await expect(results.add(run.id, owner, scoring.id, [answered(a, 'passed')])).rejects.toMatchObject({
      code: 'run_lost',
    });
    expect(await results.storedItems(run.id)).toEqual([]);
  });

  it('keeps the first reply of a cache key, until it is forgotten or replaced', async () => {
    const { stores, results, seeded, a, b } = await start();
    await store(stores, seeded, [answered(a, 'passed', { cacheKey: 'k' })]);
    const second = answered(b, 'passed', { cacheKey: 'k' });
    await store(stores, seeded, [{ ...second, cache: { key: 'k', response: 'another' } }]);
    expect(await results.cached(['k', 'unknown'])).toEqual(new Map([['k', '{"for":"k"}']]));
    expect(await results.cached([])).toEqual(new Map());
    await results.forgetReplies(['k']);
    expect(await results.cached(['k'])).toEqual(new Map());
    await results.keepReply({ key: 'k', response: '"of no use"' });
    await results.keepReply({ key: 'k', response: '"newer"' });
    expect(await results.cached(['k'])).toEqual(new Map([['k', '"newer"']]));
  });

  it('judges by the newest scoring; the older ones stay', async () => {
    const { stores, results, seeded, run, a, b } = await start();
    await store(stores, seeded, [answered(a, 'passed'), answered(b, 'failed')]);
    await stores.runs.rest(run.id, owner, { status: 'completed', reason: '', wallMs: 1 });
    expect(await stores.runs.summary(run.id)).toMatchObject({ passed: 1, failed: 1 });
    const [first] = await results.page(run.id);
    if (!first) throw new Error('two results were stored');
    const scorers = [{ name: 'contains', args: 'x', negate: true, weight: 2 }];
    const judgement = { outcome: 'no_answer' as const, value: null, scores: [] };
    const scoring = { scorers, threshold: 0.5, judgeModel: 'openai/judge', embeddingModel: null };
    await rescore(stores, run.id, scoring, [{ resultId: first.result.id, judgement }]);
    expect(await stores.runs.scoring(run.id)).toMatchObject({ number: 2, ...scoring });
    expect(await stores.runs.get(run.id)).toMatchObject({ scorers });
    expect((await results.page(run.id)).map((item) => item.judgement)).toEqual([judgement, null]);
    expect(await stores.runs.summary(run.id)).toMatchObject({ passed: 0, failed: 1, noAnswer: 1 });
  });

  it('filters', async () => {
    const { stores, results, seeded, run, a, b, c } = await start();
    await store(stores, seeded, [
      answered(a, 'passed', { reply: { output: 'It is "Positive"' } }),
      answered(b, 'no_answer', { reply: { output: '没有答案' } }),
      failed(c),
    ]);
    const find = async (filter: object) => (await results.page(run.id, filter)).map((item) => item.case.key);
    const ids = (await results.page(run.id)).map(({ result }) => result.id);
    expect(await find({ ids: [ids[2], ids[0]] })).toEqual(['c1', 'c3']);
    expect(await find({ ids: [] })).toEqual([]);
    expect(await find({ outcome: 'passed' })).toEqual(['c1']);
    expect(await find({ outcome: 'failed' })).toEqual(['c2']);
    expect(await find({ outcome: 'no_answer' })).toEqual(['c2']);
    expect(await find({ outcome: 'error' })).toEqual(['c3']);
    expect(await find({ outcome: 'not_passed' })).toEqual(['c2', 'c3']);
    expect(await find({ split: 'holdout' })).toEqual(['c3']);
    expect(await find({ search: '"positive"' })).toEqual(['c1']);
    expect(await find({ search: '答案' })).toEqual(['c2']);
    expect(await find({ search: 'within 60 S' })).toEqual(['c3']);
    expect(await find({ search: 'review c2' })).toEqual(['c2']);
    expect(await find({ search: '{"review"' })).toEqual([]);
  });

  it('knows how fast a model answered: its own calls, no answer from the cache, no error and nothing that was repeated', async () => {
    const { stores, results, seeded, run, a, b, c } = await start();
    expect(await results.speeds()).toEqual(new Map());
    const took = (latencyMs: number, outputTokens: number, more: { fromCache?: boolean; repeat?: number } = {}) => {
      const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens };
      const { fromCache = false, repeat = 0 } = more;
      return answered(a, 'passed', { latencyMs, repeat, reply: { usage, fromCache } });
    };
    const repeated = answered(b, 'passed', { latencyMs: 90_000 });
    await store(stores, seeded, [
      took(100, 10),
      took(300, 20, { repeat: 1 }),
      took(200, 30, { repeat: 2 }),
      took(0, 999, { fromCache: true, repeat: 3 }),
      { ...repeated, result: { ...repeated.result, calls: 2 } },
      failed(c),
    ]);
    const other = { ...seeded, run: await stores.runs.create({ ...newRun(seeded), model: 'local/smollm2-135m' }) };
    await store(stores, other, [took(40, 1)]);
    expect(await results.speeds()).toEqual(
      new Map([
        ['local/smollm2-135m', { calls: 1, latencyP50Ms: 40, outputTokensPerSecond: 25 }],
        [run.model, { calls: 3, latencyP50Ms: 200, outputTokensPerSecond: 100 }],
      ]),
    );
  });

  it('knows the speed of a model by its newest thousand calls', async () => {
    const { stores, results, seeded, run, a } = await start();
    const times = (count: number, latencyMs: number) =>
      Array.from({ length: count }, (_, repeat) => answered(a, 'passed', { repeat, latencyMs }));
    await store(stores, seeded, times(500, 900));
    const newer = { ...seeded, run: await stores.runs.create(newRun(seeded)) };
    await store(stores, newer, times(1000, 50));
    expect((await results.speeds()).get(run.model)).toEqual({
      calls: 1000,
      latencyP50Ms: 50,
      outputTokensPerSecond: 40,
    });
  });

  it('has the newest review of a result, and counts categories by it', async () => {
    const { stores, seeded, run, project, ids } = await withResults();
    const [first, second] = ids;
    if (!first || !second) throw new Error('two results were stored');
    const by = { author: 'Ada', note: '', verdict: null };
    await stores.reviews.add({ resultId: first, category: 'sarcasm', ...by });
    await stores.reviews.add({ resultId: second, category: 'sarcasm', ...by });
    const newest = await stores.reviews.add({ resultId: first, category: 'negation', ...by, note: 'read again' });
    expect(await stores.reviews.ofRun(run.id)).toEqual(
      new Map([
        [first, newest],
        [second, expect.objectContaining({ category: 'sarcasm' })],
      ]),
    );
    expect(await stores.reviews.categories(project.id)).toEqual([
      { category: 'negation', count: 1 },
      { category: 'sarcasm', count: 1 },
    ]);
    await stores.reviews.add({ resultId: second, category: '', ...by });
    expect(await stores.reviews.categories(project.id)).toEqual([{ category: 'negation', count: 1 }]);
    expect(seeded.run.id).toBe(run.id);
  });

  async function withResults() {
    const { stores, results, seeded, run, a, b } = await start();
    await store(stores, seeded, [answered(a, 'failed'), answered(b, 'failed')]);
    const ids = (await results.page(run.id)).map(({ result }) => result.id);
    return { stores, seeded, run, project: seeded.project, ids };
  }
}
