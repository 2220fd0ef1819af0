import { type JsonValue, parseJson } from '../../../server/domain/json.ts';
import type { ScoredOutput } from '../../../server/domain/scorer.ts';
import { noAnswer } from './score.ts';

/** Whether a text is mentioned: case, width and the kind of space do not count. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

/** The texts that a list names: a JSON list, or one with commas between. Empty ones do not count. */
function phrasesOf(list: JsonValue): string[] {
  if (Array.isArray(list)) {
    return list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)).trim()).filter(Boolean);
  }
  if (typeof list !== 'string') return list === null ? [] : [JSON.stringify(list)];
  const parsed = list.trim().startsWith('[') ? parseJson(list) : undefined;
  return Array.isArray(parsed) ? phrasesOf(parsed) : list.split(/[,，]/).flatMap((item) => item.trim() || []);
}

/**
 * Which of the texts that the argument names, else the expected ones, stand in an output. Null where there are none to look for.
 */
export function phraseFinder(args: string): (scored: ScoredOutput) => { wanted: string[]; found: string[] } | null {
  const given = phrasesOf(args);
  return ({ output, expected }) => {
    const wanted = given.length > 0 ? given : phrasesOf(expected);
    const text = fold(output);
    return wanted.length === 0 ? null : { wanted, found: wanted.filter((phrase) => text.includes(fold(phrase))) };
  };
}

export const noPhrases = noAnswer(
  'There are no texts to look for: the scorer has no argument and the case no expected value.',
);
