import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { changeMatching } from '../../../server/services/evaluate/change-matching.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { listCases, showSet } from '../../../server/services/evaluate/list-sets.ts';
import { restoreSetVersion } from '../../../server/services/evaluate/set-versions.ts';
import { createProject } from '../../../server/services/scope/create-project.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import type { BulkEdit } from '../../../server/storage/eval-set-bulk.ts';
import type { CaseFilter } from '../../../server/storage/eval-set-store.ts';
import { openTestStores, type TestStores } from '../../fixtures/stores.ts';

let opened: TestStores;
let workbench: Pick<Workbench, 'stores'>;
let project: Project;
beforeEach(async () => {
  opened = await openTestStores();
  workbench = { stores: opened.stores };
  project = await createProject(workbench, 'Reviews');
  const text =
    'id,review,label,tags\na,Cold soup,negative,soup\nb,Warm bread,positive,\nc,Warm soup,positive,"soup,menu"\n';
  await importSet(workbench, project, { set: 'Dinner', fileName: 'a.csv', text, holdout: 0, author: '' });
});
afterEach(() => opened.close());

const change = (base: number, filter: CaseFilter, edit: BulkEdit) =>
  changeMatching(workbench, project, 'dinner', { base, filter, edit, note: 'All at once', author: 'Ada' });
const cases = async (version?: number) =>
  (await listCases(workbench, project, 'dinner', { limit: 100, version })).cases;

it('tags, relabels and removes all that match as one version, in their places', async () => {
  const tagged = await change(1, { search: 'warm' }, { type: 'add_tag', tag: 'warm' });
  expect(tagged).toMatchObject({
    changed: 2,
    version: { number: 2, note: 'All at once', author: 'Ada', caseCount: 3 },
  });
  expect((await cases()).map(({ key, tags }) => [key, tags])).toEqual([
    ['a', ['soup']],
    ['b', ['warm']],
    ['c', ['soup', 'menu', 'warm']],
  ]);
  await change(2, { tag: 'warm' }, { type: 'remove_tag', tag: 'soup' });
  expect((await cases())[2]?.tags).toEqual(['menu', 'warm']);
  await change(3, { label: 'positive' }, { type: 'relabel', expected: 'good' });
  expect((await showSet(workbench, project, 'dinner')).labels).toMatchObject([
    { label: 'good', count: 2 },
    { label: 'negative', count: 1 },
  ]);
  const removed = await change(4, { label: 'good' }, { type: 'remove' });
  expect(removed).toMatchObject({ changed: 2, version: { number: 5, caseCount: 1 } });
  expect((await cases()).map(({ key }) => key)).toEqual(['a']);
  expect((await cases(1)).map(({ expected }) => expected)).toEqual(['negative', 'positive', 'positive']);
});

it('is undone by the version before', async () => {
  await change(1, {}, { type: 'remove' });
  expect(await cases()).toEqual([]);
  await restoreSetVersion(workbench, project, 'dinner', { version: 1, base: 2, note: '', author: '' });
  const contentOf = ({ key, variables, expected, tags, split }: Awaited<ReturnType<typeof cases>>[number]) => [
    key,
    variables,
    expected,
    tags,
    split,
  ];
  expect((await cases()).map(contentOf)).toEqual((await cases(1)).map(contentOf));
});

it('makes no version where nothing would change, and refuses one that someone else overtook', async () => {
  expect(await change(1, { tag: 'soup' }, { type: 'add_tag', tag: 'soup' })).toMatchObject({
    changed: 0,
    version: { number: 1 },
  });
  await change(1, { search: 'bread' }, { type: 'relabel', expected: null });
  expect((await cases())[1]?.expected).toBeNull();
  await expect(change(1, {}, { type: 'remove' })).rejects.toMatchObject({ code: 'set_changed_meanwhile' });
  expect(await cases()).toHaveLength(3);
});
