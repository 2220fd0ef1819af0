import { expect, it } from 'vitest';
import type { Split } from '../../server/domain/split.ts';
import type { ResultSearch } from '../../server/storage/find-results.ts';
import type { Opened } from './store-contract.ts';
import { answered, content, failed, newCase, newRun, type Seed, store } from './store-seed.ts';

type Asked = Partial<ResultSearch>;

export function resultSearchContract(opened: Opened): void {
  /** A run of six cases: c1 and c4 pass, c2 and c6 fail, c3 has no answer, c5 is an error. */
  async function search() {
    const { stores } = opened();
    const seeded = await seedTagged();
    const { cases, run } = seeded;
    const [c1, c2, c3, c4, c5, c6] = cases;
    if (!c1 || !c2 || !c3 || !c4 || !c5 || !c6) throw new Error('there are six cases');
    await store(stores, seeded, [
      answered(c1, 'passed', { reply: { output: 'It is "Positive"' } }),
      answered(c2, 'failed', { reply: { output: '味道很好' } }),
      answered(c3, 'no_answer', { reply: { output: '50% off_menu' } }),
      answered(c4, 'passed', { reply: { output: 'ДЕЛО' } }),
      failed(c5),
      answered(c6, 'failed', { reply: { output: 'a*b Été' } }),
    ]);
    const find = async (asked: Asked = {}) => {
      const found = await stores.results.find(run.id, { limit: 100, ...asked });
      return found.map((item) => item.case.key).join(' ');
    };
    return { stores, run, find, seeded };
  }

  async function seedTagged(): Promise<Seed> {
    const { stores } = opened();
    const project = await stores.projects.create('Reviews');
    const prompt = await stores.prompts.create(project.id, 'Sentiment');
    const draft = { content: content('{{review}}'), note: '', author: '', parent: null };
    const { version } = await stores.prompts.addVersion(prompt.id, draft);
    const about: [string, Split, string[]][] = [
      ['positive', 'dev', ['lunch']],
      ['negative', 'dev', ['lunch', 'sar"casm']],
      ['negative', 'holdout', ['sar"casm']],
      ['positive', 'dev', []],
      ['neutral', 'dev', ['lun']],
      ['negative', 'holdout', []],
    ];
    const { set, version: setVersion } = await stores.evalSets.createWithCases(
      project.id,
      { name: 'Dinner', notes: '', holdoutShare: 0.3 },
      about.map(([expected, split, tags], index) => newCase(`c${index + 1}`, { expected, split, tags })),
      { note: '', author: '' },
    );
    const seeded = { project, prompt, version, set, setVersion, cases: await stores.evalSets.cases(setVersion) };
    return { ...seeded, run: await stores.runs.create(newRun(seeded)) };
  }

  it('finds tags, labels and answers that contain a text, most results first', async () => {
    const { stores, run } = await search();
    const choices = async (field: 'tag' | 'label' | 'answer', text: string, limit = 9) => {
      const found = await stores.results.choices(run.id, { field, search: text, limit });
      return found.map(({ value, count }) => `${value} ${count}`);
    };
    expect(await choices('tag', 'LUN')).toEqual(['lunch 2', 'lun 1']);
    expect(await choices('tag', 'lun', 1)).toEqual(['lunch 2']);
    expect(await choices('tag', '"')).toEqual(['sar"casm 2']);
    expect(await choices('tag', '%')).toEqual([]);
    expect(await choices('label', 'ti')).toEqual(['negative 3', 'positive 2']);
    expect(await choices('answer', 'pos')).toEqual(['positive 5']);
  });

  it('finds a Chinese tag by a part of it, once for a case that has it twice', async () => {
    const { stores } = opened();
    const seeded = await seedTagged();
    const change = { added: [newCase('c7', { tags: ['上海菜', '上海菜', '海鲜'] })], replaced: [], removed: [] };
    const setVersion = await stores.evalSets.change(seeded.set.id, 1, change, { note: '', author: '' });
    const item = (await stores.evalSets.cases(setVersion)).find(({ key }) => key === 'c7');
    if (!item) throw new Error('it was added');
    await store(stores, seeded, [answered(item, 'passed')]);
    const found = await stores.results.choices(seeded.run.id, { field: 'tag', search: '海', limit: 9 });
    expect(found).toEqual([
      { value: '上海菜', count: 1 },
      { value: '海鲜', count: 1 },
    ]);
  });

  it('counts what could not be judged as an error, and finds it by its reason', async () => {
    const { stores } = opened();
    const seeded = await seedTagged();
    const [c1, c2, c3] = seeded.cases;
    if (!c1 || !c2 || !c3) throw new Error('there are six cases');
    const unread = { value: null, passed: false, answer: null, explanation: 'It said "perhaps".' };
    const scores = [{ ...unread, scorer: 'rubric:polite', failure: 'judge_unreadable' as const, costUsd: 0.5 }];
    const unjudged = answered(c2, 'passed');
    await store(stores, seeded, [
      answered(c1, 'passed'),
      { ...unjudged, judgement: { outcome: 'error', value: null, scores } },
      failed(c3),
    ]);
    const { results } = stores;
    const { id } = seeded.run;
    const keys = async (asked: Asked) =>
      (await results.find(id, { limit: 100, ...asked })).map((item) => item.case.key).join(' ');
    expect(await keys({})).toBe('c3 c2 c1');
    expect(await keys({ outcome: 'error' })).toBe('c3 c2');
    expect(await keys({ errorCode: 'judge_unreadable' })).toBe('c2');
    expect(await results.count(id, {})).toEqual({ failed: 0, no_answer: 0, error: 2, passed: 1 });
    expect(await stores.runs.summary(id)).toMatchObject({ passed: 1, failed: 0, errors: 2, n: 1, judgingCostUsd: 0.5 });
    expect(await results.storedItems(id)).toContainEqual(
      expect.objectContaining({ caseId: c2.id, failure: 'judge_unreadable' }),
    );
    const measured = (await Array.fromAsync(results.measured(id))).flat();
    expect(measured.map(({ error }) => error?.message ?? null)).toContain('It said "perhaps".');
  });

  it('has failures first, then no answers, errors and what passed', async () => {
    const { find } = await search();
    expect(await find()).toBe('c2 c6 c3 c5 c1 c4');
    expect(await find({ outcome: 'not_passed' })).toBe('c2 c6 c3 c5');
    expect(await find({ outcome: 'failed' })).toBe('c2 c6 c3');
    expect(await find({ outcome: 'no_answer' })).toBe('c3');
    expect(await find({ outcome: 'error' })).toBe('c5');
    expect(await find({ outcome: 'passed' })).toBe('c1 c4');
  });

  it('goes on after any of them', async () => {
    const { stores, run } = await search();
    for (const limit of [1, 2, 4]) {
      const keys: string[] = [];
      let after: Asked['after'];
      for (;;) {
        const page = await stores.results.find(run.id, { limit, after });
        keys.push(...page.map((item) => item.case.key));
        after = page.at(-1)?.result.id;
        if (page.length < limit) break;
      }
      expect(keys.join(' ')).toBe('c2 c6 c3 c5 c1 c4');
    }
  });

  it('counts, and leads to any place of the list', async () => {
    const { stores, run } = await search();
    const { results } = stores;
    expect(await results.count(run.id, {})).toEqual({ failed: 2, no_answer: 1, error: 1, passed: 2 });
    expect(await results.count(run.id, { tag: 'lunch' })).toEqual({ failed: 1, no_answer: 0, error: 0, passed: 1 });
    for (const criteria of [{}, { outcome: 'not_passed' }, { label: 'negative' }, { search: 'review' }] as const) {
      const all = (await results.find(run.id, { ...criteria, limit: 100 })).map(({ result }) => result.id);
      for (const [index, id] of all.entries()) {
        expect(await results.at(run.id, criteria, index + 1)).toBe(id);
        expect(await results.placeOf(run.id, criteria, id)).toBe(index);
      }
      expect(await results.at(run.id, criteria, all.length + 1)).toBeNull();
    }
    const [passed] = await results.find(run.id, { outcome: 'passed', limit: 1 });
    if (passed === undefined) throw new Error('two passed');
    expect(await results.placeOf(run.id, { outcome: 'not_passed' }, passed.result.id)).toBeNull();
  });

  it('finds by split, tag, label, answer and error code', async () => {
    const { find } = await search();
    expect(await find({ split: 'holdout' })).toBe('c6 c3');
    expect(await find({ tag: 'lunch' })).toBe('c2 c1');
    expect(await find({ tag: 'lun' })).toBe('c5');
    expect(await find({ tag: 'sar"casm' })).toBe('c2 c3');
    expect(await find({ tag: 'casm' })).toBe('');
    expect(await find({ label: 'negative' })).toBe('c2 c6 c3');
    expect(await find({ label: 'negative', answer: 'positive' })).toBe('c2 c6');
    expect(await find({ answer: 'negative' })).toBe('');
    expect(await find({ language: 'latin', outcome: 'passed' })).toBe('c1 c4');
    expect(await find({ language: 'zh' })).toBe('');
    expect(await find({ errorCode: 'timeout' })).toBe('c5');
    expect(await find({ errorCode: 'server_error' })).toBe('');
    expect(await find({ label: 'negative', split: 'dev', tag: 'lunch', search: '很好' })).toBe('c2');
  });

  it('finds texts in any script, whatever their case, and takes them as they are', async () => {
    const { find } = await search();
    expect(await find({ search: '"positive"' })).toBe('c1');
    expect(await find({ search: '好' })).toBe('c2');
    expect(await find({ search: '50% OFF_' })).toBe('c3');
    expect(await find({ search: '5_%' })).toBe('');
    expect(await find({ search: 'дело' })).toBe('c4');
    expect(await find({ search: 'еЛ' })).toBe('c4');
    expect(await find({ search: 'within 60 S' })).toBe('c5');
    expect(await find({ search: 'A*B éTÉ' })).toBe('c6');
    expect(await find({ search: 'a?b été' })).toBe('');
    expect(await find({ search: 'REVIEW C2' })).toBe('c2');
    expect(await find({ search: 'SAR"CASM' })).toBe('c2 c3');
    expect(await find({ search: '{"review"' })).toBe('');
    expect(await find({ search: '' })).toBe('c2 c6 c3 c5 c1 c4');
  });

  it('finds by the category of the newest review only', async () => {
    const { stores, run, find } = await search();
    const [first, second] = await stores.results.find(run.id, { limit: 2 });
    if (!first || !second) throw new Error('two failed');
    const by = { note: '', verdict: null, author: '' };
    await stores.reviews.add({ resultId: first.result.id, category: 'sarcasm', ...by });
    await stores.reviews.add({ resultId: second.result.id, category: 'sarcasm', ...by });
    expect(await find({ category: 'sarcasm' })).toBe('c2 c6');
    const newest = await stores.reviews.add({
      resultId: first.result.id,
      category: 'negation',
      ...by,
      verdict: 'passed',
    });
    expect(await find({ category: 'sarcasm' })).toBe('c6');
    expect(await stores.reviews.of([first.result.id])).toEqual(new Map([[first.result.id, newest]]));
    expect(await stores.reviews.of([])).toEqual(new Map());
  });

  it('has only the attempt that counts, at its own place', async () => {
    const { stores, seeded, find } = await search();
    const [, c2, , , c5] = seeded.cases;
    if (!c2 || !c5) throw new Error('there are six cases');
    await store(stores, seeded, [
      answered(c5, 'failed', { attempt: 2 }),
      answered(c2, 'passed', { attempt: 2, reply: { output: 'so' } }),
    ]);
    expect(await find()).toBe('c6 c5 c3 c1 c4 c2');
    expect(await find({ search: '很好' })).toBe('');
  });

  it('goes through more results than one statement looks at', async () => {
    const { stores, run, seeded, find } = await search();
    const [c1, c2] = seeded.cases;
    if (!c1 || !c2) throw new Error('there are six cases');
    const many = Array.from({ length: 5_200 }, (_, index) => answered(c1, 'passed', { repeat: index + 1 }));
    for (let at = 0; at < many.length; at += 400) await store(stores, seeded, many.slice(at, at + 400));
    await store(stores, seeded, [answered(c2, 'passed', { repeat: 1, reply: { output: 'the needle' } })]);
    expect(await find({ search: 'NEEDLE' })).toBe('c2');
    expect((await find({ outcome: 'passed', limit: 6_000 })).split(' ')).toHaveLength(5_203);
    expect(await stores.results.count(run.id, { label: 'positive' })).toMatchObject({ passed: 5_202, error: 0 });
    const late = await stores.results.at(run.id, {}, 5_205);
    expect(late === null ? null : await stores.results.placeOf(run.id, {}, late)).toBe(5_204);
  });
}
