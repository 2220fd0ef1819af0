import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectorNames } from '../../../server/domain/redaction/detectors.ts';
import { firstRules } from '../../../server/domain/redaction/rules.ts';
import { changeSet } from '../../../server/services/evaluate/change-set.ts';
import { caseFromObservation } from '../../../server/services/monitor/case-from-observation.ts';
import { casesFromObservations } from '../../../server/services/monitor/cases-from-observations.ts';
import { recordObservation } from '../../../server/services/monitor/record-observation.ts';
import { saveRedaction } from '../../../server/services/monitor/redaction-rules.ts';
import { type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const rules = { ...firstRules, detectors: detectorNames };
const phone = (number: number) => `1380013${String(8000 + number)}`;

describe('rules that are applied to what was stored before them', () => {
  let test: TestWorkbench;
  let seeded: SeededProject;
  const jobs = () => test.workbench.storedRedactions;
  const record = (input: string, output: string) =>
    recordObservation(test.workbench, seeded.project, { input: { input }, output, feedbackNote: output });
  /** Files of the database that hold a text. */
  const holding = async (text: string) => {
    const folder = test.workbench.dataDirectory;
    const names = (await readdir(folder)).filter((name) => name.startsWith('whetstone.db'));
    const found = await Promise.all(
      names.map(async (name) => ((await readFile(path.join(folder, name))).includes(text) ? [name] : [])),
    );
    return found.flat();
  };

  beforeAll(async () => {
    test = await openTestWorkbench();
    seeded = await seedProject(test.workbench);
  });
  afterAll(() => test.close());

  it('rewrite every text, and leave no byte of it in the file', async () => {
    // Large ones lie on pages of their own, which are given back when a row shrinks.
    for (let number = 0; number < 300; number += 1) {
      await record(`call ${phone(number)} ${'x'.repeat(number * 20)}`, `{"phone": "${phone(number)}"}`);
    }
    expect(await holding(phone(7))).not.toEqual([]);
    const made = await caseFromObservation(test.workbench, 1, {
      set: seeded.set.slug,
      expected: 'positive',
      tags: [],
      author: 'Ada',
    });
    // It is in an earlier version alone, and still in the database.
    await changeSet(test.workbench, seeded.project, seeded.set.slug, {
      base: made.setVersion,
      changes: [{ type: 'remove', key: made.caseKey }],
      note: '',
      author: 'Ada',
    });
    await mkdir(path.join(test.workbench.dataDirectory, 'backups'));
    await writeFile(path.join(test.workbench.dataDirectory, 'backups', 'whetstone-old.db'), '');
    await saveRedaction(test.workbench, seeded.project, { rules, author: 'Ada' });

    expect(jobs().state(seeded.project)).toEqual({ state: 'idle' });
    expect(jobs().start(seeded.project, 'Ada')).toMatchObject({ state: 'running' });
    expect(() => jobs().start(seeded.project, 'Ada')).toThrow(expect.objectContaining({ code: 'redaction_under_way' }));
    await jobs().settled();
    const done = jobs().state(seeded.project);
    expect(done).toMatchObject({
      state: 'done',
      records: 300,
      changed: 300,
      matchingCases: 1,
      cases: [{ set: seeded.set.slug, key: made.caseKey, current: false }],
      copies: [path.join('backups', 'whetstone-old.db')],
    });
    expect(await test.workbench.stores.observations.list(seeded.project.id, { limit: 1 })).toMatchObject([
      {
        input: { input: expect.stringMatching(/^call \[phone\] x+$/) },
        output: '{"phone":"[phone]"}',
        feedbackNote: '{"phone":"[phone]"}',
      },
    ]);
    for (let number = 1; number < 300; number += 1) expect(await holding(phone(number)), phone(number)).toEqual([]);
    expect(await test.workbench.stores.redaction.stored(seeded.project.id)).toMatchObject([
      { rules: 1, author: 'Ada', records: 300, changed: 300 },
    ]);
  });

  it('change nothing the second time, and nothing of other projects', async () => {
    const other = await test.workbench.stores.projects.create('Other');
    const elsewhere = await recordObservation(test.workbench, other, { input: {}, output: phone(900) });
    jobs().start(seeded.project, 'Ada');
    await jobs().settled();
    expect(jobs().state(seeded.project)).toMatchObject({ state: 'done', records: 300, changed: 0 });
    expect(await test.workbench.stores.observations.get(elsewhere.id)).toMatchObject({ output: phone(900) });
    expect(jobs().state(other)).toEqual({ state: 'idle' });
  });

  it('can be stopped', async () => {
    jobs().start(seeded.project, 'Ada');
    expect(await jobs().stop(seeded.project)).toEqual({ state: 'stopped' });
    expect(await jobs().stop(seeded.project)).toEqual({ state: 'stopped' });
  });

  it('leave cases of observations without what they cover, made one by one or together, however old those are', async () => {
    const { evalSets, observations } = test.workbench.stores;
    const { id: _, caseId: __, createdAt: ___, ...template } = await observations.get((await record('a', 'b')).id);
    // Past the rules, as before there were any.
    const old = (review: string) => observations.add({ ...template, input: { review } });
    const [one, other] = [await old('ask bob@example.com'), await old('call eve@example.com')];
    const made = { tags: ['eve@example.com'], author: 'Ada' };
    await caseFromObservation(test.workbench, one.id, {
      set: seeded.set.slug,
      expected: { answer: phone(1) },
      ...made,
    });
    const base = (await evalSets.version(seeded.set.id, null))?.number ?? 0;
    await casesFromObservations(test.workbench, seeded.project, seeded.set.slug, {
      base,
      cases: [{ id: other.id, expected: phone(1) }],
      note: '',
      ...made,
    });
    const version = await evalSets.version(seeded.set.id, null);
    const found = version === null ? [] : await evalSets.cases(version, { search: '[email]' });
    expect(found.map(({ variables, expected, tags }) => ({ variables, expected, tags }))).toEqual([
      { variables: { review: 'ask [email]' }, expected: { answer: '[phone]' }, tags: ['[email]', 'from-production'] },
      { variables: { review: 'call [email]' }, expected: '[phone]', tags: ['[email]', 'from-production'] },
    ]);
  });
});
