import { expect, it } from 'vitest';
import type { Opened } from './store-contract.ts';
import { newCase } from './store-seed.ts';

const about = { note: 'why', author: 'Ada' };
const nothing = { added: [], replaced: [], removed: [] };

export function evalSetContract(opened: Opened): void {
  const start = async (cases = ['a', 'b', 'c'].map((key) => newCase(key))) => {
    const { projects, evalSets } = opened().stores;
    const project = await projects.create('Reviews');
    const given = { name: 'Dinner', notes: 'n', holdoutShare: 0.3 };
    return { evalSets, project, given, ...(await evalSets.createWithCases(project.id, given, cases, about)) };
  };
  const keysOf = async ({ evalSets, set }: Awaited<ReturnType<typeof start>>, number: number) => {
    const version = await evalSets.version(set.id, number);
    return version && (await evalSets.cases(version)).map(({ key }) => key);
  };

  it('makes a set with its first version, or neither', async () => {
    const { evalSets, project, given, set, version } = await start();
    expect(set).toMatchObject({ slug: 'dinner', ...given });
    expect(version).toMatchObject({ number: 1, caseCount: 3, ...about });
    expect(await evalSets.find(project.id, 'DINNER')).toEqual(set);
    const twice = [newCase('x'), newCase('x')];
    await expect(evalSets.createWithCases(project.id, { ...given, name: 'New' }, twice, about)).rejects.toMatchObject({
      code: 'case_exists',
    });
    await expect(evalSets.createWithCases(project.id, given, [newCase('x')], about)).rejects.toMatchObject({
      code: 'eval_set_exists',
    });
    await expect(evalSets.create(project.id, given)).rejects.toMatchObject({ code: 'eval_set_exists' });
    expect(await evalSets.list(project.id)).toEqual([set]);
    const empty = await evalSets.create(project.id, { ...given, name: 'Empty' });
    expect(await evalSets.version(empty.id, null)).toBeNull();
    expect(await evalSets.versions(empty.id)).toEqual([]);
  });

  it('keeps every version as it was while cases come, change and go', async () => {
    const started = await start();
    const { evalSets, set } = started;
    await evalSets.change(set.id, 1, { ...nothing, added: [newCase('d'), newCase('e')] }, about);
    const changed = newCase('b', { variables: { review: 'New' }, expected: { stars: 5 }, tags: ['x'] });
    await evalSets.change(set.id, 2, { added: [newCase('f')], replaced: [changed], removed: ['a', 'd'] }, about);
    await evalSets.change(set.id, 3, { ...nothing, added: [newCase('a')], removed: ['b'] }, about);
    expect(await keysOf(started, 1)).toEqual(['a', 'b', 'c']);
    expect(await keysOf(started, 2)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await keysOf(started, 3)).toEqual(['b', 'c', 'e', 'f']);
    expect(await keysOf(started, 4)).toEqual(['c', 'e', 'f', 'a']);
    const versions = await evalSets.versions(set.id);
    expect(versions.map(({ number, caseCount }) => [number, caseCount])).toEqual([
      [1, 3],
      [2, 5],
      [3, 4],
      [4, 4],
    ]);
    for (const version of versions) expect(await evalSets.countCases(version)).toBe(version.caseCount);
    const [, second, third] = versions;
    if (!second || !third) throw new Error('there are four versions');
    expect((await evalSets.cases(second))[1]).toMatchObject({
      key: 'b',
      variables: { review: 'Review b' },
      position: 2,
    });
    expect((await evalSets.cases(third))[0]).toMatchObject({
      key: 'b',
      variables: { review: 'New' },
      expected: { stars: 5 },
      tags: ['x'],
      position: 2,
    });
    expect(await evalSets.getVersion(third.id)).toEqual(third);
  });

  it('refuses a change on an older version, and what does not fit; then nothing is stored', async () => {
    const started = await start();
    const { evalSets, set } = started;
    await evalSets.change(set.id, 1, { ...nothing, removed: ['c'] }, about);
    const attempts = [
      [1, { ...nothing, added: [newCase('z')] }, 'set_changed_meanwhile'],
      [0, { ...nothing, added: [newCase('z')] }, 'set_changed_meanwhile'],
      [2, { ...nothing, added: [newCase('z'), newCase('a')] }, 'case_exists'],
      [2, { ...nothing, added: [newCase('z')], removed: ['c'] }, 'case_missing'],
      [2, { ...nothing, added: [newCase('z')], replaced: [newCase('nope')] }, 'case_missing'],
    ] as const;
    for (const [base, change, code] of attempts) {
      await expect(evalSets.change(set.id, base, change, about)).rejects.toMatchObject({ code });
    }
    expect(await keysOf(started, 2)).toEqual(['a', 'b']);
    expect(await evalSets.versions(set.id)).toHaveLength(2);
  });

  it('takes as many cases as there are', async () => {
    const cases = Array.from({ length: 1234 }, (_, index) => newCase(`k${index}`));
    const { evalSets, version } = await start(cases);
    expect((await evalSets.cases(version)).map(({ key }) => key)).toEqual(cases.map(({ key }) => key));
  });

  it('pages and filters, and searches what cases say, not how they are stored', async () => {
    const { evalSets, version } = await start([
      newCase('one', { variables: { review: 'Die SUPPE war "süß", Öl' }, tags: ['de', 'soup'], expected: 'Positive' }),
      newCase('two', {
        variables: { review: '很好吃', table: 7 },
        tags: ['zh'],
        expected: 'negative',
        split: 'holdout',
      }),
      newCase('three', { variables: { review: 'a\\b\nc' }, expected: { stars: 4 } }),
    ]);
    const find = async (filter: object) => (await evalSets.cases(version, filter)).map(({ key }) => key);
    expect(await find({ limit: 2 })).toEqual(['one', 'two']);
    expect(await find({ after: 1, limit: 1 })).toEqual(['two']);
    expect(await find({ split: 'holdout' })).toEqual(['two']);
    expect(await find({ split: 'all' })).toHaveLength(3);
    expect(await find({ label: 'negative' })).toEqual(['two']);
    expect(await find({ tag: 'zh' })).toEqual(['two']);
    expect(await find({ tag: 'z' })).toEqual([]);
    for (const search of ['suppe', 'ÖL', '"süß"', 'one', 'soup', 'positive'])
      expect(await find({ search })).toEqual(['one']);
    for (const search of ['好吃', '7', 'TWO']) expect(await find({ search })).toEqual(['two']);
    for (const search of ['a\\b', 'b\nc', '4']) expect(await find({ search })).toEqual(['three']);
    for (const search of ['review', 'stars', '":"', '%']) expect(await find({ search })).toEqual([]);
    expect(await find({ search: '' })).toHaveLength(3);
    expect(await evalSets.countCases(version, { search: 'suppe', limit: 0 })).toBe(1);
  });

  it('counts labels by split and tags, and names the variables of a version', async () => {
    const { evalSets, version, set } = await start([
      newCase('a', { expected: 'good', tags: ['x', 'y'] }),
      newCase('b', { expected: 'good', split: 'holdout', tags: ['x'] }),
      newCase('c', { expected: 3, variables: { stars: 1, review: 'r' } }),
      newCase('d', { expected: 'a long answer\non two lines' }),
    ]);
    expect(await evalSets.labelCounts(version)).toEqual([
      { label: null, split: 'dev', count: 1 },
      { label: '3', split: 'dev', count: 1 },
      { label: 'good', split: 'dev', count: 1 },
      { label: 'good', split: 'holdout', count: 1 },
    ]);
    expect(await evalSets.tagCounts(version)).toEqual([
      { tag: 'x', count: 2, holdout: 1 },
      { tag: 'y', count: 1, holdout: 0 },
    ]);
    expect(await evalSets.variableNames(version)).toEqual(['review', 'stars']);
    const next = await evalSets.change(set.id, 1, { ...nothing, removed: ['b', 'c'] }, about);
    expect(await evalSets.tagCounts(next)).toEqual([
      { tag: 'x', count: 1, holdout: 0 },
      { tag: 'y', count: 1, holdout: 0 },
    ]);
    expect(await evalSets.variableNames(next)).toEqual(['review']);
    expect(await evalSets.variableNames(version)).toEqual(['review', 'stars']);
  });

  it('gives a case by its id, of whichever version', async () => {
    const { evalSets, set, version } = await start();
    const [first] = await evalSets.cases(version);
    if (!first) throw new Error('there are three cases');
    const { position: _, ...stored } = first;
    await evalSets.change(set.id, 1, { ...nothing, removed: ['a'] }, about);
    expect(await evalSets.case(first.id)).toEqual(stored);
    expect(stored).toMatchObject(newCase('a'));
  });
}
