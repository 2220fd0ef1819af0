import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldRole } from '../../../server/formats/field-roles.ts';
import { readFileRows } from '../../../server/formats/rows.ts';
import { importFile } from '../../../server/services/evaluate/import-file.ts';
import { previewImport } from '../../../server/services/evaluate/preview-import.ts';
import { openTestWorkbench, projectRoot, type TestWorkbench } from '../../fixtures/workbench.ts';

/** Human-labelled data beside the project, no part of it. */
const folder = path.resolve(projectRoot, '../shared/datasets');
const present = existsSync(folder);
if (!present) console.warn(`Skipped: the real labelled data is not at ${path.relative(projectRoot, folder)}.`);

let test: TestWorkbench;
let projects = 0;
beforeAll(async () => {
  test = await openTestWorkbench();
});
afterAll(() => test.close());

type Roles = Record<string, FieldRole>;
const preview = async (name: string, roles?: Roles) =>
  previewImport(await readFileRows(name, await readFile(path.join(folder, name))), roles);

async function imported(name: string, roles?: Roles) {
  const { stores } = test.workbench;
  const project = await stores.projects.create(`${name} ${projects++}`);
  const file = { path: path.join(folder, name), fileName: name };
  const done = await importFile(test.workbench, project, file, { set: 'Real', holdout: 0.2, author: '', roles });
  const set = await stores.evalSets.find(project.id, 'Real');
  const version = set && (await stores.evalSets.version(set.id, null));
  if (!version) throw new Error(`${name} was not imported`);
  return { done, cases: await stores.evalSets.cases(version) };
}

const roleOf = ({ fields }: Awaited<ReturnType<typeof preview>>) =>
  Object.fromEntries(fields.map(({ name, role }) => [name, role]));

describe.skipIf(!present)('each file of the real data', () => {
  it.each([
    ['sentiment_restaurant.jsonl', 1000, { positive: 500, negative: 500 }],
    ['spam_sms.jsonl', 300, { ham: 200, spam: 100 }],
    ['pref_pandalm.jsonl', 400, { response1: 185, response2: 165, tie: 50 }],
    ['extract_booking.jsonl', 150, {}],
    ['qa_xquad.jsonl', 120, {}],
    ['medical_abbrev.jsonl', 80, {}],
  ])('%s has its rows, and its fields mean what they are called', async (name, rows, labels) => {
    const seen = await preview(name);
    expect(seen).toMatchObject({ rows, cases: rows, problemCount: 0, conflicts: { count: 0 } });
    expect(roleOf(seen)).toMatchObject({ id: 'id', input: 'variable', expected: 'expected' });
    expect(Object.fromEntries(seen.labels.map(({ label, count }) => [label, count]))).toMatchObject(labels);
    const { done, cases } = await imported(name);
    expect(done).toMatchObject({ added: rows, repeated: 0 });
    expect(cases).toHaveLength(rows);
  });

  it('the documents of the questions stand under their ids', async () => {
    const { cases } = await imported('qa_xquad.docs.jsonl', { doc_id: 'id' });
    expect(cases).toHaveLength(40);
    const { cases: questions } = await imported('qa_xquad.jsonl', { id: 'id', expected: 'expected', doc_id: 'group' });
    const documents = new Set(cases.map(({ key }) => key));
    expect(questions.every(({ group }) => documents.has(group ?? ''))).toBe(true);
    const sides = Map.groupBy(questions, ({ group }) => group);
    expect([...sides.values()].every((members) => new Set(members.map(({ split }) => split)).size === 1)).toBe(true);
  });

  it('answers that are objects and lists stay what they are', async () => {
    const { cases: bookings } = await imported('extract_booking.jsonl');
    expect(bookings.filter(({ expected }) => JSON.stringify(expected) === '{}')).toHaveLength(30);
    const { cases: abbreviations } = await imported('medical_abbrev.jsonl');
    expect(abbreviations.filter(({ variables }) => variables.ambiguous === true)).toHaveLength(12);
    expect(abbreviations.every(({ variables }) => Array.isArray(variables.accepted))).toBe(true);
    const { cases: reviews } = await imported('sentiment_restaurant.jsonl');
    expect(reviews.find(({ key }) => key === 'yelp-0145')).toBeDefined();
  });

  it('preferences are split by their input, which still fills the prompt', async () => {
    const { cases } = await imported('pref_pandalm.jsonl', { id: 'id', expected: 'expected', input: 'variable_group' });
    const byInput = Map.groupBy(cases, ({ variables }) => variables.input);
    expect(byInput.size).toBe(149);
    for (const members of byInput.values()) expect(new Set(members.map(({ split }) => split)).size).toBe(1);
    expect(new Set(cases.map(({ split }) => split)).size).toBe(2);
  });

  it.each([
    ['simple-test/tests.csv', 3, ['body', '__expected']],
    ['simple-csv/tests.csv', 4, ['language', 'body', 'style_config', '__expected']],
    ['self-grading/tests.csv', 10, ['name', 'question', '__expected']],
    ['errors-vs-failures/vars.csv', 2, ['body']],
    ['csv-metadata/tests.csv', 3, ['topic', '__expected1', '__expected2', '__metadata:category', '__metadata:tags[]']],
    ['f-score/imdb_eval_sample.csv', 100, ['text', 'sentiment']],
    ['jsonl-test-cases/cases.jsonl', 2, ['vars', 'vars.target_language', 'vars.text', 'assert']],
  ])('promptfoo: %s', async (name, rows, fields) => {
    const file = path.join('promptfoo-examples', name);
    const seen = await preview(file);
    expect(seen).toMatchObject({ rows, problemCount: 0 });
    expect(seen.fields.map((field) => field.name)).toEqual(fields);
    expect((await imported(file)).cases).toHaveLength(rows);
  });

  it('fields within fields have roles of their own', async () => {
    const file = path.join('promptfoo-examples', 'jsonl-test-cases/cases.jsonl');
    const { cases } = await imported(file, { vars: 'fields', 'vars.target_language': 'id', assert: 'expected' });
    expect(cases.map(({ variables, key }) => [variables, key])).toEqual([
      [{ text: 'Hello, world!' }, 'French'],
      [{ text: 'Hello, world!' }, 'Spanish'],
    ]);
  });
});
