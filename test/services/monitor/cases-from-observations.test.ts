import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { firstRules } from '../../../server/domain/redaction/rules.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { casesFromObservations } from '../../../server/services/monitor/cases-from-observations.ts';
import { observationCandidates } from '../../../server/services/monitor/observation-candidates.ts';
import { saveRedaction } from '../../../server/services/monitor/redaction-rules.ts';
import { bareCall } from '../../fixtures/production-calls.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let project: Project;
beforeEach(async () => {
  test = await openTestWorkbench();
  ({ project } = await seedProject(test.workbench, { size: 8 }));
});
afterEach(() => test.close());

const call = (review: string, feedback: 'up' | 'down' | null = 'down') =>
  test.workbench.stores.observations.add({
    projectId: project.id,
    releaseId: null,
    input: { review },
    output: 'positive',
    ...bareCall,
    feedback,
  });
const candidates = (matching: object = { feedback: 'down' }, limit?: number) =>
  observationCandidates(test.workbench, project, 'labelled', { matching }, limit);
const long = 'We waited for an hour although the room was empty, and then the soup came cold, the bread was stale';

describe('candidates', () => {
  it('are the newest first, with what each resembles in the set and among the others', async () => {
    const like = await call('A good dinner, NUMBER 1!');
    const first = await call(`${long}.`);
    const second = await call(`${long}!!`);
    const other = await call('Nothing like the others.');
    await call('One that was liked', 'up');
    const found = await candidates();
    expect(found).toMatchObject({
      set: 'labelled',
      base: 1,
      labels: ['negative', 'positive'],
      missing: [],
      more: false,
    });
    expect(found.candidates.map(({ id, resembles }) => [id, resembles])).toEqual([
      [other.id, null],
      [second.id, null],
      [first.id, { type: 'observation', id: second.id }],
      [like.id, { type: 'case', key: 'case-1', split: 'holdout', expected: 'positive' }],
    ]);
  });

  it('are those that match or those named, up to a limit, without what is a case already', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 3; i++) ids.push((await call(`Say ${i}: ${'é'.repeat(i + 1)}`)).id);
    expect(await candidates({ search: 'ÉÉ' })).toMatchObject({ candidates: [{ id: ids[2] }, { id: ids[1] }] });
    expect(await candidates({}, 2)).toMatchObject({ more: true, candidates: [{ id: ids[2] }, { id: ids[1] }] });
    const [id = 0] = ids;
    await casesFromObservations(test.workbench, project, 'labelled', {
      base: 1,
      cases: [{ id, expected: null }],
      tags: [],
      note: '',
      author: '',
    });
    const named = await observationCandidates(test.workbench, project, 'labelled', { ids });
    expect(named).toMatchObject({ already: 1, candidates: [{ id: ids[2] }, { id: ids[1] }] });
  });

  it('are held against a large set on a thread of its own', async () => {
    const cases = Array.from({ length: 2100 }, (_, i) => ({ input: `Some review, number ${i * 7919}`, label: 'a' }));
    const text = cases.map((item) => JSON.stringify(item)).join('\n');
    const file = { fileName: 'large.jsonl', text, set: 'Large', holdout: 0, author: '', note: '' };
    await importSet(test.workbench, project, file);
    const { id } = await call('SOME REVIEW: number 7919!');
    const other = await call('Like none of them at all.');
    const found = await observationCandidates(test.workbench, project, 'large', { matching: { feedback: 'down' } });
    expect(found.candidates).toMatchObject([
      { id: other.id, resembles: null },
      { id, resembles: { type: 'case', expected: 'a' } },
    ]);
  });

  it('name the variables of the set that a call did not report', async () => {
    await test.workbench.stores.observations.add({
      projectId: project.id,
      releaseId: null,
      input: { text: 'x' },
      output: '',
      ...bareCall,
      feedback: 'down',
    });
    expect((await candidates()).missing).toEqual(['review']);
  });
});

describe('cases of many calls', () => {
  const add = (cases: { id: number; expected: string | null }[], base = 1) =>
    casesFromObservations(test.workbench, project, 'labelled', {
      base,
      cases,
      tags: ['complaint'],
      note: 'Disliked',
      author: 'Ada',
    });

  it('are one version of the set, on dev, with or without an expected answer, and each call remembers its case', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 40; i++) ids.push((await call(`Review that differs: ${i}`)).id);
    const added = await add(ids.map((id, i) => ({ id, expected: i % 2 === 0 ? 'negative' : null })));
    expect(added).toEqual({ set: 'labelled', setVersion: 2, added: 40, withoutExpected: 20 });
    const { evalSets, observations } = test.workbench.stores;
    const [set] = await evalSets.list(project.id);
    const version = set === undefined ? null : await evalSets.version(set.id, null);
    expect(version).toMatchObject({ number: 2, note: 'Disliked', author: 'Ada', caseCount: 48 });
    const cases = version === null ? [] : await evalSets.cases(version, { tag: 'complaint' });
    expect(cases).toHaveLength(40);
    expect(new Set(cases.map(({ split, source }) => `${split} ${source}`))).toEqual(new Set(['dev observation']));
    expect(cases.filter(({ expected }) => expected === null)).toHaveLength(20);
    expect(cases[0]?.tags).toEqual(['complaint', 'from-production']);
    const [newest] = await observations.list(project.id);
    expect(newest?.caseId).toBe(cases.find(({ key }) => key === `observation-${newest?.id}`)?.id);
    await expect(
      add(
        ids.map((id) => ({ id, expected: null })),
        2,
      ),
    ).rejects.toMatchObject({ code: 'observations_none' });
  });

  it('are remembered also where redaction rules cover the tag that they are found by', async () => {
    const rules = { ...firstRules, words: ['production'] };
    await saveRedaction(test.workbench, project, { rules, author: '' });
    const { id } = await call('Like no other in production');
    await add([{ id, expected: null }]);
    const { observations, evalSets } = test.workbench.stores;
    const { caseId } = await observations.get(id);
    expect(caseId === null ? null : await evalSets.case(caseId)).toMatchObject({
      variables: { review: 'Like no other in [word]' },
      tags: ['complaint', 'from-production'],
    });
  });

  it('do not resemble a holdout case: on dev they would give it away', async () => {
    const { id } = await call('A good dinner, NUMBER 1!');
    await expect(add([{ id, expected: 'positive' }])).rejects.toMatchObject({
      code: 'resembles_holdout',
      details: { observations: [id] },
    });
  });

  it('are not added to a set that somebody changed meanwhile, and then no call remembers one', async () => {
    const { id } = await call('Hm.');
    await expect(add([{ id, expected: null }], 0)).rejects.toMatchObject({ code: 'set_changed_meanwhile' });
    expect((await test.workbench.stores.observations.get(id)).caseId).toBeNull();
  });
});
