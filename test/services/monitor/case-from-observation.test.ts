import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFromObservation } from '../../../server/services/monitor/case-from-observation.ts';
import { listObservations } from '../../../server/services/monitor/list-observations.ts';
import { recordObservation } from '../../../server/services/monitor/record-observation.ts';
import { readMood, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

describe('caseFromObservation', () => {
  let test: TestWorkbench;
  let seeded: SeededProject;
  beforeAll(async () => {
    test = await openTestWorkbench({ answer: readMood });
    seeded = await seedProject(test.workbench);
  });
  afterAll(() => test.close());

  const observe = async (review: string) =>
    (
      await recordObservation(test.workbench, seeded.project, {
        input: { review },
        output: 'positive',
        feedback: 'down',
      })
    ).id;
  const about = { set: 'labelled', expected: 'negative', tags: ['sarcasm'], author: 'Ada' };
  const newest = async () => {
    const { evalSets } = test.workbench.stores;
    const version = await evalSets.version(seeded.set.id, null);
    if (version === null) throw new Error('no version');
    return { version, cases: await evalSets.cases(version) };
  };

  it('adds the case to the next version of the set', async () => {
    const id = await observe('Oh sure, an hour for a soup is great.');
    const made = await caseFromObservation(test.workbench, id, about);
    expect(made).toEqual({ caseKey: `observation-${id}`, set: 'labelled', setVersion: 2 });
    const { version, cases } = await newest();
    expect(version).toMatchObject({ number: 2, caseCount: 21, author: 'Ada', note: `From observation ${id}` });
    expect(cases.at(-1)).toMatchObject({
      key: `observation-${id}`,
      variables: { review: 'Oh sure, an hour for a soup is great.' },
      expected: 'negative',
      tags: ['sarcasm', 'from-production'],
      source: 'observation',
    });
    const [observation] = await listObservations(test.workbench, seeded.project, {});
    expect(observation).toMatchObject({ id, caseKey: `observation-${id}` });
  });

  it('takes the case into the next run', async () => {
    const { cases } = await newest();
    const run = await runToEnd(test.workbench, seeded);
    expect(run.total).toBe(cases.length);
  });

  it('gives the same case when it is asked twice, whatever is asked then', async () => {
    const id = await observe('The second helping was never offered.');
    const first = await caseFromObservation(test.workbench, id, about);
    const again = await caseFromObservation(test.workbench, id, { ...about, expected: 'positive', tags: [] });
    expect(again).toEqual(first);
    const { cases } = await newest();
    expect(cases.filter(({ key }) => key === first.caseKey)).toMatchObject([{ expected: 'negative' }]);
  });

  it('tells observations apart whose numbers begin alike', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 10; index += 1) ids.push(await observe(`Visit ${index} of many, each its own story.`));
    const withPrefix = ids.find((id) => ids.some((other) => other !== id && String(other).startsWith(String(id)))) ?? 1;
    const longer = ids.find((id) => id !== withPrefix && String(id).startsWith(String(withPrefix))) ?? ids[9] ?? 0;
    const made = await caseFromObservation(test.workbench, longer, about);
    const other = await caseFromObservation(test.workbench, withPrefix, about);
    expect(made.caseKey).not.toBe(other.caseKey);
  });

  it('makes the case anew where it was removed from the set', async () => {
    const id = await observe('A corner table, and a corner of a steak.');
    const first = await caseFromObservation(test.workbench, id, about);
    const { evalSets } = test.workbench.stores;
    await evalSets.change(
      seeded.set.id,
      first.setVersion,
      { added: [], replaced: [], removed: [first.caseKey] },
      { note: '', author: '' },
    );
    expect(await caseFromObservation(test.workbench, id, about)).toEqual({
      ...first,
      setVersion: first.setVersion + 2,
    });
  });

  it('says what is missing', async () => {
    const id = await observe('Fine.');
    await expect(caseFromObservation(test.workbench, id, { ...about, set: 'none' })).rejects.toMatchObject({
      code: 'eval_set_missing',
    });
    await expect(caseFromObservation(test.workbench, 9999, about)).rejects.toMatchObject({
      code: 'observation_missing',
    });
  });
});
