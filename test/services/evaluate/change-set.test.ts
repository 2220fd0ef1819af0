import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { type CaseChange, changeSet } from '../../../server/services/evaluate/change-set.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { listCases, showSet } from '../../../server/services/evaluate/list-sets.ts';
import { createProject } from '../../../server/services/scope/create-project.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { openTestStores, type TestStores } from '../../fixtures/stores.ts';

let opened: TestStores;
let workbench: Pick<Workbench, 'stores'>;
let project: Project;
beforeEach(async () => {
  opened = await openTestStores();
  workbench = { stores: opened.stores };
  project = await createProject(workbench, 'Reviews');
  const text = 'id,review,label\na,Cold soup,negative\nb,Warm bread,positive\nc,Rude waiter,negative\n';
  await importSet(workbench, project, { set: 'Dinner', fileName: 'a.csv', text, holdout: 0.5, author: '' });
});
afterEach(() => opened.close());

const change = (changes: readonly CaseChange[], base = 1) =>
  changeSet(workbench, project, 'dinner', { base, changes, note: 'Mended', author: 'Ada' });
const given = (review: string, expected: string, more: object = {}) => ({
  variables: { review },
  expected,
  tags: [],
  ...more,
});
const cases = async (version?: number) =>
  (await listCases(workbench, project, 'dinner', { limit: 100, version })).cases;
const keys = async (version?: number) => (await cases(version)).map(({ key }) => key);

describe('changeSet', () => {
  it('adds, replaces and removes in one next version, and an old version shows its old cases', async () => {
    const version = await change([
      { type: 'add', key: 'd', case: given('Burnt toast', 'negative') },
      { type: 'replace', key: 'b', case: given('Warm rolls', 'positive', { tags: ['bread'] }) },
      { type: 'remove', key: 'a' },
    ]);
    expect(version).toMatchObject({ number: 2, caseCount: 3, note: 'Mended', author: 'Ada' });
    expect(await keys()).toEqual(['b', 'c', 'd']);
    expect((await cases())[0]).toMatchObject({ variables: { review: 'Warm rolls' }, tags: ['bread'], source: 'a.csv' });
    expect(await keys(1)).toEqual(['a', 'b', 'c']);
    expect((await cases(1))[1]).toMatchObject({ variables: { review: 'Warm bread' }, tags: [] });
  });

  it('moves a case into a group of its own side only, and keeps the group that is not named', async () => {
    const [a, b, c] = await cases();
    if (!a || !b || !c) throw new Error('the set has three cases');
    const other = [b, c].find(({ split }) => split !== a.split);
    if (!other) throw new Error('half of the cases are holdout');
    await change([{ type: 'replace', key: a.key, case: given('Cold soup', 'negative', { group: 'table 4' }) }]);
    await change([{ type: 'replace', key: a.key, case: given('Colder soup', 'negative') }], 2);
    expect((await cases())[0]).toMatchObject({ variables: { review: 'Colder soup' }, group: 'table 4' });
    const torn = change(
      [{ type: 'replace', key: other.key, case: given('Bread', 'positive', { group: 'table 4' }) }],
      3,
    );
    await expect(torn).rejects.toMatchObject({ code: 'group_on_other_side', details: { key: other.key } });
    await change([{ type: 'replace', key: a.key, case: given('Cold soup', 'negative', { group: null }) }], 3);
    expect((await cases())[0]?.group ?? null).toBeNull();
  });

  it('keeps the side of a replaced case and puts a new one where the person wants it', async () => {
    const before = new Map((await cases()).map(({ key, split }) => [key, split]));
    await change([
      { type: 'replace', key: 'a', case: given('Cold soup again', 'negative', { split: before.get('a') }) },
      { type: 'add', key: 'x', case: given('Fine', 'positive', { split: 'holdout' }) },
      { type: 'add', key: 'y', case: given('Good', 'positive', { split: 'dev' }) },
    ]);
    const after = new Map((await cases()).map(({ key, split }) => [key, split]));
    expect(after.get('a')).toBe(before.get('a'));
    expect(after.get('x')).toBe('holdout');
    expect(after.get('y')).toBe('dev');
  });

  it('draws the side of the others by the share of the set', async () => {
    const words = ['apple', 'river', 'stone', 'cloud', 'engine', 'violin', 'garden', 'copper'];
    const added = Array.from({ length: 40 }, (_, index): CaseChange => {
      const review = `${words[index % 8]} ${words[index >> 3]} ${index * 104729}`;
      return { type: 'add', case: given(review, index % 2 ? 'positive' : 'negative') };
    });
    await change(added);
    const all = await cases();
    expect(all).toHaveLength(43);
    const holdout = all.filter(({ split }) => split === 'holdout').length;
    expect(Math.abs(holdout - 21.5)).toBeLessThanOrEqual(2);
  });

  it('gives a new case without an id one from its content, and takes no second one like it', async () => {
    await change([{ type: 'add', case: given('Fine', 'positive') }]);
    expect((await keys()).at(-1)).toMatch(/^[0-9a-f]{12}$/);
    await expect(change([{ type: 'add', case: given('Fine', 'negative') }], 2)).rejects.toMatchObject({
      code: 'input_exists',
      message: 'A case of this set has the same input: "Fine". Remove this one, or edit that.',
    });
  });

  it('says where a case came from', async () => {
    await change([
      { type: 'add', key: 'x', case: given('Fine', 'positive') },
      { type: 'add', key: 'y', case: given('Good', 'positive'), source: 'observation' },
    ]);
    expect((await cases()).slice(-2).map(({ source }) => source)).toEqual(['edit', 'observation']);
  });

  it('makes no version of changes that change nothing', async () => {
    const version = await change([{ type: 'replace', key: 'b', case: given('Warm bread', 'positive') }]);
    expect(version.number).toBe(1);
    expect((await showSet(workbench, project, 'dinner')).versions).toHaveLength(1);
  });

  it('refuses what was made on an older version, and stores nothing', async () => {
    await change([{ type: 'remove', key: 'a' }]);
    await expect(change([{ type: 'remove', key: 'a' }])).rejects.toMatchObject({ code: 'set_changed_meanwhile' });
    await expect(change([{ type: 'add', case: given('New', 'positive') }])).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(await keys()).toEqual(['b', 'c']);
  });

  it.each<[string, CaseChange[]]>([
    ['case_missing', [{ type: 'replace', key: 'z', case: given('New', 'positive') }]],
    ['case_missing', [{ type: 'remove', key: 'z' }]],
    [
      'input_twice',
      [
        { type: 'add', case: given('New', 'positive') },
        { type: 'add', case: given('New', 'negative') },
      ],
    ],
    ['case_exists', [{ type: 'add', key: 'a', case: given('New', 'positive') }]],
    [
      'case_named_twice',
      [
        { type: 'remove', key: 'a' },
        { type: 'replace', key: 'a', case: given('New', 'positive') },
      ],
    ],
  ])('refuses with %s and stores nothing', async (code, changes) => {
    const good: CaseChange = { type: 'add', key: 'good', case: given('Another', 'positive') };
    await expect(change([good, ...changes])).rejects.toMatchObject({ code });
    expect(await keys()).toEqual(['a', 'b', 'c']);
  });

  it('lets no case change sides', async () => {
    const [first] = await cases();
    const other = first?.split === 'dev' ? 'holdout' : 'dev';
    const moved: CaseChange = { type: 'replace', key: 'a', case: given('Cold soup', 'negative', { split: other }) };
    await expect(change([moved])).rejects.toMatchObject({ code: 'split_fixed' });
  });
});
