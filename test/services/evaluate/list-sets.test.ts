import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { changeSet } from '../../../server/services/evaluate/change-set.ts';
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
  const text = Array.from({ length: 25 }, (_, index) =>
    JSON.stringify({
      id: `c${index}`,
      review: `Plate ${index}`,
      label: index < 5 ? 'good' : 'bad',
      tags: [`t${index % 2}`],
    }),
  ).join('\n');
  await importSet(workbench, project, { set: 'Dinner', fileName: 'a.jsonl', text, holdout: 0, author: 'Ada' });
});
afterEach(() => opened.close());

describe('listSets', () => {
  it('lists sets with their newest version; one without cases has version 0', async () => {
    await workbench.stores.evalSets.create(project.id, { name: 'Empty', notes: 'later', holdoutShare: 0.2 });
    expect(await listSets(workbench, project)).toEqual([
      expect.objectContaining({ slug: 'dinner', version: 1, caseCount: 25 }),
      expect.objectContaining({ slug: 'empty', version: 0, caseCount: 0, notes: 'later', holdoutShare: 0.2 }),
    ]);
    expect(await showSet(workbench, project, 'Empty')).toMatchObject({
      versions: [],
      shown: 0,
      variables: [],
      labels: [],
    });
    expect(await listCases(workbench, project, 'empty', { limit: 5 })).toEqual({ cases: [], count: 0, after: null });
  });
});

describe('showSet', () => {
  it('shows what a version holds: variables, labels by split and tags', async () => {
    const set = await showSet(workbench, project, 'dinner');
    expect(set).toMatchObject({
      shown: 1,
      variables: ['review'],
      labels: [
        { label: 'bad', split: 'dev', count: 20 },
        { label: 'good', split: 'dev', count: 5 },
      ],
      tags: [
        { tag: 't0', count: 13 },
        { tag: 't1', count: 12 },
      ],
    });
  });

  it('shows an older version beside the newest', async () => {
    const changed = { variables: { text: 'New' }, expected: 'good', tags: [] };
    await changeSet(workbench, project, 'dinner', {
      base: 1,
      changes: [{ type: 'replace', key: 'c0', case: changed }],
      note: '',
      author: '',
    });
    expect(await showSet(workbench, project, 'dinner')).toMatchObject({
      version: 2,
      shown: 2,
      variables: ['review', 'text'],
    });
    expect(await showSet(workbench, project, 'dinner', 1)).toMatchObject({
      version: 2,
      shown: 1,
      variables: ['review'],
    });
  });

  it('says what there is not', async () => {
    await expect(showSet(workbench, project, 'lunch')).rejects.toMatchObject({ code: 'eval_set_missing' });
    await expect(showSet(workbench, project, 'dinner', 9)).rejects.toMatchObject({ code: 'eval_set_version_missing' });
  });
});

describe('listCases', () => {
  const all = async (limit: number, filter = {}) => {
    const keys: string[] = [];
    let pages = 0;
    let after: number | null = 0;
    while (after !== null) {
      const page: Awaited<ReturnType<typeof listCases>> = await listCases(workbench, project, 'dinner', {
        ...filter,
        after,
        limit,
      });
      keys.push(...page.cases.map(({ key }) => key));
      after = page.after;
      pages += 1;
    }
    return { keys, pages };
  };

  it.each([
    [10, 3],
    [25, 1],
    [24, 2],
    [100, 1],
  ])('gives every case once in pages of %i', async (limit, pages) => {
    expect(await all(limit)).toEqual({ keys: Array.from({ length: 25 }, (_, index) => `c${index}`), pages });
  });

  it('counts all that match, on each page', async () => {
    const page = await listCases(workbench, project, 'dinner', { label: 'bad', tag: 't1', limit: 3 });
    expect(page).toMatchObject({ cases: [{ key: 'c5' }, { key: 'c7' }, { key: 'c9' }], count: 10, after: 10 });
    expect((await all(3, { label: 'bad', tag: 't1' })).keys).toHaveLength(10);
  });
});
