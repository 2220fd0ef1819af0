import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { listCases, listSets, showSet } from '../../../server/services/evaluate/list-sets.ts';
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
});
afterEach(() => opened.close());

const words = ['soup', 'bread', 'salad', 'noodle', 'dumpling', 'steak', 'curry', 'risotto', 'taco', 'pancake'];
const row = (index: number, label = index % 2 === 0 ? 'positive' : 'negative') =>
  JSON.stringify({
    id: `c${index}`,
    review: `${words[index % 10]} ${words[Math.floor(index / 10)]} for table ${index * 7919}`,
    label,
  });
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => row(from + index));

const importRows = (lines: readonly string[], holdout = 0.3) =>
  importSet(workbench, project, {
    set: 'Dinner',
    fileName: '/some/folder/dinner.jsonl',
    text: lines.join('\n'),
    holdout,
    author: 'Ada',
  });
const sides = async () =>
  new Map((await listCases(workbench, project, 'dinner', { limit: 500 })).cases.map(({ key, split }) => [key, split]));

describe('importSet', () => {
  it('makes the set with its first version and puts its share aside, of each label', async () => {
    const result = await importRows(rows(0, 100));
    expect(result).toMatchObject({ added: 100, unchanged: 0, replaced: 0, repeated: 0, dev: 70, holdout: 30 });
    expect(result.set).toEqual({
      slug: 'dinner',
      name: 'Dinner',
      notes: '',
      holdoutShare: 0.3,
      createdAt: expect.any(String),
      version: 1,
      caseCount: 100,
    });
    const { labels, versions } = await showSet(workbench, project, 'Dinner');
    expect(labels).toContainEqual({ label: 'positive', split: 'holdout', count: 15 });
    expect(labels).toContainEqual({ label: 'negative', split: 'holdout', count: 15 });
    expect(versions).toEqual([
      {
        number: 1,
        note: 'Imported from dinner.jsonl',
        author: 'Ada',
        caseCount: 100,
        createdAt: expect.any(String),
      },
    ]);
    const { cases } = await listCases(workbench, project, 'dinner', { limit: 1 });
    expect(cases[0]?.source).toBe('dinner.jsonl');
  });

  it('leaves what it has unchanged, replaces what is different, adds what is new, and no case changes sides', async () => {
    await importRows(rows(0, 60));
    const before = await sides();
    const result = await importRows([...rows(0, 50), row(50, 'mixed'), row(51, 'mixed'), ...rows(60, 100)], 0.9);
    expect(result).toMatchObject({ added: 40, unchanged: 50, replaced: 2, set: { version: 2, caseCount: 100 } });
    const after = await sides();
    for (const [key, split] of before) expect(after.get(key)).toBe(split);
    // The share of the set counts, not that of the second import.
    expect(result.holdout).toBe(30);
    expect(result.dev + result.holdout).toBe(100);
    const { cases } = await listCases(workbench, project, 'dinner', { search: 'c50', limit: 10 });
    expect(cases).toMatchObject([{ key: 'c50', expected: 'mixed', position: 51 }]);
  });

  it('makes no version where nothing is new', async () => {
    await importRows(rows(0, 10));
    const again = await importRows(rows(0, 10).toReversed());
    expect(again).toMatchObject({ added: 0, replaced: 0, unchanged: 10, set: { version: 1 } });
    expect((await showSet(workbench, project, 'dinner')).versions).toHaveLength(1);
  });

  it('draws the same sides whatever the order of the rows', async () => {
    await importRows(rows(0, 40));
    const first = await sides();
    await opened.close();
    opened = await openTestStores();
    workbench = { stores: opened.stores };
    project = await createProject(workbench, 'Reviews');
    await importRows(rows(0, 40).toReversed());
    expect(await sides()).toEqual(first);
  });

  it('imports nothing where a row is bad, and makes no set', async () => {
    await expect(importRows([...rows(0, 3), '{"id": "c3"', '[]'])).rejects.toMatchObject({
      code: 'import_failed',
      details: { problems: [{ line: 4 }, { line: 5 }] },
    });
    expect(await listSets(workbench, project)).toEqual([]);
    await importRows(rows(0, 3));
    await expect(importRows(['{"id": "c9", "review": "x"}', 'oops'])).rejects.toMatchObject({ code: 'import_failed' });
    expect(await listSets(workbench, project)).toMatchObject([{ version: 1, caseCount: 3 }]);
  });

  it('merges rows that are there twice and counts them', async () => {
    expect(await importRows([row(0), row(1), row(0)])).toMatchObject({ added: 2, repeated: 1, set: { caseCount: 2 } });
  });

  it('maps the fields that are named', async () => {
    await importSet(workbench, project, {
      set: 'Mapped',
      fileName: 'a.csv',
      text: 'text,stars,grade\nLovely,5,good\n',
      input: 'text',
      expected: 'grade',
      holdout: 0,
      author: '',
    });
    const { cases } = await listCases(workbench, project, 'mapped', { limit: 10 });
    expect(cases).toMatchObject([{ variables: { text: 'Lovely' }, expected: 'good', split: 'dev' }]);
  });

  it('refuses a name without a letter or digit', async () => {
    await expect(
      importSet(workbench, project, { set: '***', fileName: 'a.csv', text: 'q\na\n', holdout: 0, author: '' }),
    ).rejects.toMatchObject({ code: 'eval_set_name_invalid' });
  });
});
