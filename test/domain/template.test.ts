import { describe, expect, it } from 'vitest';
import { compilePrompt, templateProblems } from '../../server/domain/template.ts';

const user = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const render = (
  content: string,
  variables: Record<string, string | number | boolean | (string | number)[] | null | { name: string }[]>,
) => compilePrompt(user(content)).render(variables)[0]?.content;

describe('compilePrompt', () => {
  it('fills variables in without escaping', () => {
    expect(render('Review: {{review}}', { review: '<b>"good" & cheap</b>' })).toBe('Review: <b>"good" & cheap</b>');
  });

  it('puts numbers side by side and does not add them', () => {
    const content = '{{a}}{{b}}{{default c 3}}{{#each list}}{{this}}{{@index}}{{/each}}{{yes}}{{yes}}';
    expect(render(content, { a: 1, b: 2, list: [5, 6], yes: true })).toBe('1235061truetrue');
  });

  it('names a missing variable', () => {
    expect(() => render('{{review}} {{name}}', { review: 'x' })).toThrow(/"name" is missing \(message 1/);
  });

  it('does not render what a variable holds as a template', () => {
    expect(render('{{review}}', { review: '{{secret}}' })).toBe('{{secret}}');
  });

  it('lets `if` and `default` make a variable optional', () => {
    const content = '{{#if hint}}Hint: {{hint}}{{else}}none{{/if}} {{default tone "neutral"}}';
    expect(render(content, {})).toBe('none neutral');
    expect(render(content, { hint: 'h', tone: 'warm' })).toBe('Hint: h warm');
  });

  it('needs what stands inside an `if` only when the condition holds', () => {
    const content = '{{#if hint}}{{other}}{{/if}}.';
    expect(render(content, {})).toBe('.');
    expect(() => render(content, { hint: 'h' })).toThrow(/"other" is missing/);
  });

  it('renders lists', () => {
    const content = '{{#each examples}}{{this.name}};{{/each}}';
    expect(render(content, { examples: [{ name: 'a' }, { name: 'b' }] })).toBe('a;b;');
  });

  it.each([
    ['{{review}} {{#if hint}}{{hint}}{{/if}}', ['hint', 'review']],
    ['{{#each items}}{{name}} {{../title}}{{/each}}', ['items', 'title']],
    ['{{json data}} {{default x y}}', ['data', 'x', 'y']],
    ['no variables', []],
  ])('finds the variables of %s', (content, names) => {
    expect(compilePrompt(user(content)).variables).toEqual(names);
  });

  it.each([
    '{{constructor}}',
    '{{__proto__}}',
    '{{review.constructor.name}}',
    '{{lookup review "constructor"}}',
    '{{#with review.__proto__}}{{toString}}{{/with}}',
    '{{> secret}}',
    '{{log review}}',
  ])('does not reach for a prototype, a partial or a foreign helper: %s', (content) => {
    expect(() => render(content, { review: 'x' })).toThrow();
  });
});

describe('templateProblems', () => {
  it('names message and line', () => {
    const problems = templateProblems({
      messages: [
        { role: 'system', content: 'fine' },
        { role: 'user', content: 'first\n{{#if x}}\nnever closed' },
      ],
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toBe(1);
    expect(problems[0]?.line).toBeGreaterThan(1);
  });

  it.each([
    ['{{log review}}', 'helper_unknown', /no helper "log"; there are if, unless, each, with, default, json/],
    ['{{#if x}}\nnever closed', 'block_open', /a block is not closed/],
    ['{{review', 'template_syntax', /is not a Handlebars template/],
    ['{{review}', 'template_syntax', /is not a Handlebars template/],
    ['{{#if x}}{{/each}}', 'block_mismatch', /\{\{#if\}\} is closed by \{\{\/each\}\}/],
    ['{{#items}}x{{/items}}', 'block_without_value', /write \{\{#each items\}\}.* a variable of yours/],
    ['{{> other}}', 'partials_unavailable', /partials .* not available/],
    ['{{review.constructor}}', 'variable_forbidden', /"constructor" can't be a variable/],
  ])('says what is wrong with %s', (content, code, reason) => {
    const text = expect.stringMatching(reason);
    const values = expect.any(Object);
    expect(templateProblems(user(content))).toEqual([{ message: 0, line: expect.any(Number), code, values, text }]);
  });

  it('is empty for templates that compile', () => {
    expect(templateProblems(user('{{a}}'))).toEqual([]);
  });
});
