import { expect, it } from 'vitest';
import type { EvalCase } from '../../../server/domain/evaluation-set.ts';
import type { CaseId } from '../../../server/domain/ids.ts';
import type { JsonObject } from '../../../server/domain/json.ts';
import { holdoutLeakFinder } from '../../../server/domain/prompt-checks/holdout-leak.ts';

const review = 'The noodles were cold and the waiter never came back to our table';
const item = (variables: JsonObject): EvalCase => ({
  id: 1 as CaseId,
  key: 'case-7',
  variables,
  expected: 'negative',
  tags: [],
  source: 'import',
  split: 'holdout',
});
const find = (variables: JsonObject, ...messages: string[]) =>
  holdoutLeakFinder({ messages: messages.map((content) => ({ role: 'user', content })) })(item(variables));

it.each([
  ['as a message', [review]],
  ['in a line of a longer one', ['Judge reviews.', `Examples:\nReview: "${review}" → negative`]],
  ['whatever its case and punctuation', [`Examples:\n${review.toUpperCase()}!!`]],
])('finds a case that stands there word for word, %s', (_, messages) => {
  const line = messages.at(-1)?.includes('\n') ? 2 : 1;
  expect(find({ review }, ...messages)).toEqual({
    name: 'holdout_exact',
    level: 'warning',
    message: messages.length - 1,
    line,
    values: { case: 'case-7' },
  });
});

it('finds a case over more than one line', () => {
  const text = review.replace(' and ', '\nand ');
  expect(find({ review }, `Examples\n\n${text}`)).toMatchObject({ name: 'holdout_exact', message: 0, line: 3 });
});

it('finds a case that was changed a little', () => {
  const changed = review.replace('cold', 'lukewarm');
  expect(find({ review }, `Judge.\n- Review: ${changed} => negative\n- Review: Lovely. => positive`)).toMatchObject({
    name: 'holdout_near',
    message: 0,
    line: 2,
  });
});

it('finds Chinese cases', () => {
  expect(
    find({ review: '菜上得太慢，服务员态度也不好' }, '判断评论。\n例：菜上得太慢，服务员态度也不好'),
  ).toMatchObject({
    name: 'holdout_exact',
    line: 2,
  });
});

it.each([
  ['another matter', { review }, 'Example: the dumplings were hot and we were served at once'],
  ['a short text, which stands there by chance', { review: 'Good food' }, 'Example: Good food'],
  ['what a variable will be filled with', { review }, '{{review}}'],
  ['a short field beside the text', { language: 'English', review }, 'Answer in English.'],
])('leaves %s alone', (_, variables, message) => expect(find(variables, message)).toBeNull());
