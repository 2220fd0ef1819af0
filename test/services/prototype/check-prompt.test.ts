import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import type { PromptContent } from '../../../server/domain/prompt.ts';
import { checkDraft } from '../../../server/services/prototype/check-prompt.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let project: Project;
const leaked = 'The soup had gone cold before anyone thought of bringing us a spoon';

beforeAll(async () => {
  test = await openTestWorkbench();
  const { stores } = test.workbench;
  project = await stores.projects.create('Reviews');
  const about = { note: '', author: '' };
  const kept = (key: string, review: string, split: 'dev' | 'holdout') => ({
    key,
    variables: { review },
    expected: 'negative',
    tags: [],
    source: 'import',
    split,
  });
  const many = Array.from({ length: 600 }, (_, index) =>
    kept(`other-${index}`, `Table ${index} was set for two`, 'holdout'),
  );
  const cases = [...many, kept('told', leaked, 'holdout'), kept('seen', 'A dev case that may be an example', 'dev')];
  await stores.evalSets.createWithCases(project.id, { name: 'Mail', notes: '', holdoutShare: 0.2 }, cases, about);
});
afterAll(() => test.close());

const content = (...texts: string[]): PromptContent => ({
  messages: texts.map((text) => ({ role: 'user', content: text })),
  parameters: {},
  responseFormat: { type: 'labels', labels: ['positive', 'negative'] },
});

it('holds a draft against the holdout cases of the first set, however many there are', async () => {
  const draft = content(`positive or negative?\n${leaked}`, 'A dev case that may be an example', '{{review}}');
  expect(await checkDraft(test.workbench, project, { content: draft, set: null })).toEqual({
    checks: [{ name: 'holdout_exact', level: 'warning', message: 0, line: 2, values: { case: 'told' } }],
    set: { slug: 'mail', version: 1, holdoutCases: 601 },
  });
});

it('says what it can of a draft with a template that is not finished', async () => {
  const draft = content('positive or negative? {{#if review}', '{{revew}}');
  const { checks } = await checkDraft(test.workbench, project, { content: draft, set: 'mail' });
  expect(checks.map(({ name, message }) => [name, message])).toEqual([
    ['variable_unknown', 1],
    ['variable_unused', null],
  ]);
});

it('needs no set, but one that is named must be there', async () => {
  const empty = await test.workbench.stores.projects.create('Empty');
  const draft = content('positive or negative? {{anything}}');
  expect(await checkDraft(test.workbench, empty, { content: draft, set: null })).toEqual({ checks: [], set: null });
  await expect(checkDraft(test.workbench, project, { content: draft, set: 'none' })).rejects.toMatchObject({
    code: 'eval_set_missing',
  });
});
