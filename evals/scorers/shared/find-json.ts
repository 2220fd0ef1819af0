import { canonicalJson, type JsonValue, parseJson } from '../../../server/domain/json.ts';

/** Deeper nesting answers no question, and would exhaust the stack of what walks it. */
const DEEPEST = 200;

export type FoundJson = { found: true; value: JsonValue } | { found: false; reason: string };

/**
 * The JSON value that an output is, or holds in code fences. JSON amid prose without a fence is not looked for: a program that reads the
 * output could not tell where it begins. A fence that the output ends in counts, for a stop sequence may have cut it. Fences with different
 * values are no answer. Linear in the length of the output.
 */
export function findJson(output: string): FoundJson {
  const whole = readJson(output);
  if (whole) return whole;
  const distinct = new Map<string, FoundJson>();
  for (const text of fencedTexts(output)) {
    const read = readJson(text);
    if (read?.found === false) return read;
    if (read) distinct.set(canonicalJson(read.value), read);
    if (distinct.size > 1) return { found: false, reason: 'The output holds several different JSON values.' };
  }
  const [only] = distinct.values();
  return only ?? { found: false, reason: 'The output is not JSON.' };
}

function readJson(text: string): FoundJson | undefined {
  if (nestsTooDeep(text))
    return { found: false, reason: `The output nests brackets more than ${DEEPEST} levels deep.` };
  const value = parseJson(text.trim());
  return value === undefined ? undefined : { found: true, value };
}

/** What stands between pairs of ```, without the language's name. */
const fencedTexts = (output: string): string[] =>
  output
    .split('```')
    .filter((_, index) => index % 2 === 1)
    .map((text) => text.replace(/^[\w+-]{0,20}\s/, ''));

/** Brackets within strings count nothing; elsewhere only depth matters, the parser checks the rest. */
function nestsTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') inString = !inString;
    else if (inString) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}
