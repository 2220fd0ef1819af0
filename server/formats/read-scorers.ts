import { longestCaseScorer, mostCaseScorers } from '../domain/case-scorers.ts';
import { type JsonValue, parseJson } from '../domain/json.ts';
import type { Saying } from './file-problem.ts';

/** Scorers of a case: a text with one a line, or a list of texts, in a table's cell as JSON. What is wrong is added to `wrong`. */
export function readScorers(value: JsonValue, wrong: Saying[]): string[] {
  const parts = listOf(value);
  if (!parts.every((part) => typeof part === 'string')) {
    const message = 'The scorers are not texts. Write one a line, or a list of texts such as ["contains:refund"].';
    wrong.push({ code: 'scorers_not_texts', message });
    return [];
  }
  const scorers = parts.map((part) => part.trim()).filter((part) => part !== '');
  if (scorers.length > mostCaseScorers || scorers.some((scorer) => scorer.length > longestCaseScorer)) {
    const values = { most: mostCaseScorers, longest: longestCaseScorer };
    const message = `A case has at most ${mostCaseScorers} scorers of at most ${longestCaseScorer} characters. Leave some out, or shorten them.`;
    wrong.push({ code: 'scorers_over_limit', values, message });
    return [];
  }
  return scorers;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return [null];
  if (!value.trimStart().startsWith('[')) return value.split('\n');
  const parsed = parseJson(value);
  return Array.isArray(parsed) ? parsed : [null];
}
