import { oneOf, text, wholeNumber } from './search.ts';

/** What the address of a run's page says: which results are shown, which one is open, and which part of the breakdown. */
export type RunSearch = {
  outcome?: 'passed' | 'failed' | 'no_answer' | 'error' | 'not_passed' | 'all';
  split?: 'dev' | 'holdout';
  category?: string;
  search?: string;
  tag?: string;
  label?: string;
  answer?: string;
  errorCode?: string;
  language?: 'zh' | 'latin' | 'other';
  flaky?: true;
  result?: number;
  part?: 'groups' | 'answers' | 'errors' | 'spread';
};

const outcome = oneOf('passed', 'failed', 'no_answer', 'error', 'not_passed', 'all');
const side = oneOf('dev', 'holdout');
const language = oneOf('zh', 'latin', 'other');
const part = oneOf('groups', 'answers', 'errors', 'spread');

export const readRunSearch = (search: Record<string, unknown>): RunSearch => ({
  outcome: outcome(search.outcome),
  split: side(search.split),
  category: text(search.category),
  search: text(search.search),
  tag: text(search.tag),
  label: text(search.label),
  answer: text(search.answer),
  errorCode: text(search.errorCode),
  language: language(search.language),
  flaky: search.flaky === true || search.flaky === 'true' ? true : undefined,
  result: wholeNumber(search.result),
  part: part(search.part),
});
