import { canonicalJson, isJsonObject, type JsonValue, parseJson } from '../../server/domain/json.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { findJson } from './shared/find-json.ts';
import { graded, readLeast, shown } from './shared/least.ts';
import { noAnswer, nothingExpected, quote } from './shared/score.ts';

/**
 * F1 over the fields that were extracted: each field with its value, and each item of a list whatever the order, counts once. Precision falls by what was not
 * expected, recall by what is missing. Values compare as in `json-equal`: by value, 1 and "1" differ; null and a field that is not there are the same. The
 * argument is the least F1 that passes, 1 unless said.
 */
export const fieldF1: PureScorer = {
  name: 'field-f1',
  description:
    'The fields and list items of the output’s JSON are the expected ones (F1); the argument is the least value.',
  argument: { needed: false, example: '0.8' },
  usesExpected: () => 'needed',
  prepare(args) {
    const least = readLeast('field-f1', args, 1);
    return ({ output, expected }) => {
      if (expected === null) return nothingExpected;
      const json = findJson(output);
      if (!json.found) return noAnswer(json.reason);
      const parsed = typeof expected === 'string' ? parseJson(expected) : expected;
      const [wanted, given] = [fieldsOf(parsed ?? expected), fieldsOf(json.value)];
      let common = 0;
      for (const [field, count] of given) common += Math.min(count, wanted.get(field) ?? 0);
      const [precision, recall] = [shareOf(common, given), shareOf(common, wanted)];
      const value = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
      const wrong =
        [...given.keys()].find((field) => !wanted.has(field)) ?? [...wanted.keys()].find((field) => !given.has(field));
      const example = wrong === undefined ? '' : `, such as ${quote(wrong)}`;
      const figures = `F1 is ${shown(value)}: precision ${shown(precision)}, recall ${shown(recall)}${example}.`;
      return graded(value, least, JSON.stringify(json.value), figures);
    };
  },
};

/** How often each field with its value stands in a JSON value. */
function fieldsOf(value: JsonValue): Map<string, number> {
  const fields = new Map<string, number>();
  const add = (field: string) => fields.set(field, (fields.get(field) ?? 0) + 1);
  const walk = (part: JsonValue, path: string): void => {
    if (part === null) return;
    // An item that is an object counts as a whole: two half right ones are no right one.
    if (Array.isArray(part)) for (const item of part) add(`${path}[] = ${canonicalJson(item)}`);
    else if (isJsonObject(part))
      for (const [key, inner] of Object.entries(part)) walk(inner, path === '' ? key : `${path}.${key}`);
    else add(`${path} = ${JSON.stringify(part)}`);
  };
  walk(value, '');
  return fields;
}

/** With no fields on one side nothing is wrong there. */
function shareOf(common: number, fields: ReadonlyMap<string, number>): number {
  const all = [...fields.values()].reduce((sum, count) => sum + count, 0);
  return all === 0 ? 1 : common / all;
}
