import { invalid } from '../../server/domain/errors.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../server/domain/json.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { findJson } from './shared/find-json.ts';
import { judged, noAnswer, nothingExpected, quote } from './shared/score.ts';

/** How the fields of two JSON values compare. */
type Comparison = { fields: number; differing: number; firstDifferences: string[] };
type Field = JsonValue | undefined;

/**
 * The output's JSON equals the expected one, field by field and at any depth. The order of keys does not count, that of lists does; numbers are
 * equal by value (1 and 1.0), but 1 and "1" differ. A field that is not expected fails, unless the argument is `subset`. The value is the share
 * of fields that are equal, so that a threshold can ask for most of them; only all of them pass. JSON in a code fence counts; what is not JSON is
 * no answer. An expected text that is itself JSON, as from a CSV file, is read as JSON.
 */
export const jsonEqual: PureScorer = {
  name: 'json-equal',
  description: 'The fields of the output’s JSON equal the expected ones; with "subset" the output may have more.',
  argument: { needed: false, example: 'subset' },
  usesExpected: () => 'needed',
  prepare(args) {
    if (args !== '' && args !== 'subset') {
      throw invalid('scorer_argument_invalid', `The scorer json-equal takes "subset" or nothing, not "${args}".`);
    }
    return ({ output, expected }) => {
      if (expected === null) return nothingExpected;
      const json = findJson(output);
      if (!json.found) return noAnswer(json.reason);
      const comparison: Comparison = { fields: 0, differing: 0, firstDifferences: [] };
      compare(readExpected(expected), json.value, '', args === 'subset', comparison);
      const score = judged(comparison.differing === 0, JSON.stringify(json.value), explain(comparison));
      return { ...score, value: 1 - comparison.differing / comparison.fields };
    };
  },
};

function readExpected(expected: JsonValue): JsonValue {
  const parsed = typeof expected === 'string' ? parseJson(expected) : undefined;
  return parsed === undefined ? expected : parsed;
}

/** Walks both values; undefined stands for a field that is not there. */
function compare(expected: Field, actual: Field, path: string, subset: boolean, comparison: Comparison): void {
  if (isJsonObject(expected) && isJsonObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...(subset ? [] : Object.keys(actual))]);
    if (keys.size === 0) comparison.fields++;
    for (const key of keys) {
      compare(own(expected, key), own(actual, key), path === '' ? key : `${path}.${key}`, subset, comparison);
    }
    return;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    if (length === 0) comparison.fields++;
    for (let at = 0; at < length; at++) compare(expected[at], actual[at], `${path}[${at}]`, subset, comparison);
    return;
  }
  comparison.fields++;
  if (expected === actual) return;
  comparison.differing++;
  if (comparison.firstDifferences.length < 3) comparison.firstDifferences.push(difference(expected, actual, path));
}

const own = (object: Readonly<Record<string, JsonValue>>, key: string): Field =>
  Object.hasOwn(object, key) ? object[key] : undefined;

function difference(expected: Field, actual: Field, path: string): string {
  const field = path === '' ? 'the value' : quote(path);
  if (actual === undefined) return `${field} is missing`;
  if (expected === undefined) return `${field} is not expected`;
  return `${field} is ${shown(actual)}, expected ${shown(expected)}`;
}

const shown = (value: JsonValue): string =>
  typeof value === 'string' ? quote(value) : quote(JSON.stringify(value)).slice(1, -1);

function explain({ fields, differing, firstDifferences }: Comparison): string {
  if (differing === 0) return fields === 1 ? 'The value is equal.' : `All ${fields} fields are equal.`;
  const more = differing > firstDifferences.length ? '; …' : '';
  return `${differing} of ${fields} fields differ: ${firstDifferences.join('; ')}${more}.`;
}
