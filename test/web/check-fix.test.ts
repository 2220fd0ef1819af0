import { expect, it } from 'vitest';
import { fixedDraft } from '../../web/src/pages/prompts/check-fix.ts';
import { draftOf } from '../../web/src/pages/prompts/draft.ts';

const draft = draftOf({
  messages: [
    { role: 'system', content: 'Judge the rewiev: {{#if rewiev}}{{rewiev}}{{/if}} {{rewievs}}\n' },
    { role: 'user', content: '' },
  ],
  parameters: {},
  responseFormat: { type: 'labels', labels: ['good', 'bad'] },
});
const nameLabels = (labels: string) => `Answer with one of: ${labels}.`;
const contents = (name: Parameters<typeof fixedDraft>[1]['name'], values: Record<string, string>) =>
  fixedDraft(draft, { name, values }, nameLabels)?.messages.map(({ content }) => content);

it('renames a variable within tags, as a whole, and nothing else', () => {
  expect(contents('variable_unknown', { variable: 'rewiev', closest: 'review' })).toEqual([
    'Judge the rewiev: {{#if review}}{{review}}{{/if}} {{rewievs}}\n',
    '',
  ]);
});

it('puts an unused variable at the end of the last message of the user', () => {
  expect(contents('variable_unused', { variable: 'title' })?.[1]).toBe('{{title}}');
});

it('names labels on a line of their own', () => {
  expect(contents('label_unnamed', { labels: 'bad' })?.[0]).toMatch(
    /\{\{rewievs\}\}\nAnswer with one of: good, bad\.$/,
  );
});

it('leaves to a person what needs one', () => {
  expect(contents('variable_unknown', { variable: 'rewiev' })).toBeUndefined();
  expect(contents('beginning_varies', {})).toBeUndefined();
});
