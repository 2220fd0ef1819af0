import type { ValidateFunction } from 'ajv';
import { errorMessage, invalid } from '../../server/domain/errors.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../server/domain/json.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { findJson } from './shared/find-json.ts';
import { compileSchema } from './shared/json-schema.ts';
import { judged, noAnswer } from './shared/score.ts';

/**
 * The output is JSON that fits a schema: the argument, such as `json-schema:{"type":"object","required":["name"]}`, else the schema of the
 * prompt's response format. JSON in a code fence counts, JSON amid prose does not. What is not JSON is no answer. `json-schema:{}`
 * accepts any JSON. The expected value plays no part; `json-equal` compares with it.
 */
export const jsonSchema: PureScorer = {
  name: 'json-schema',
  description: 'The output is JSON that fits a schema: the argument, else that of the prompt’s response format.',
  argument: { needed: false, example: '{"type":"object","required":["name"]}' },
  prepare(args) {
    const given = args.trim() === '' ? null : compileArgument(args);
    const checkFor = rememberLast(compile);
    return ({ output, schema }) => {
      const check = given ?? (schema === null ? null : checkFor(schema));
      if (check === null) {
        return noAnswer('There is no schema: the scorer has no argument and the prompt’s response format none either.');
      }
      if (typeof check === 'string') return noAnswer(`The schema can't be used: ${check}.`);
      const json = findJson(output);
      if (!json.found) return noAnswer(json.reason);
      const passed = check(json.value);
      return judged(passed, JSON.stringify(json.value), passed ? 'The JSON fits the schema.' : problem(check));
    };
  },
};

function compileArgument(args: string): ValidateFunction {
  const schema = parseJson(args);
  const check = isJsonObject(schema) ? compile(schema) : 'it is no JSON object';
  if (typeof check !== 'string') return check;
  throw invalid('scorer_argument_invalid', `The scorer json-schema can't use its argument as a schema: ${check}.`);
}

/** The reason, where the schema can't be used. */
function compile(schema: JsonObject): ValidateFunction | string {
  try {
    return compileSchema(schema);
  } catch (error) {
    return errorMessage(error);
  }
}

/** A run has one schema, and compiling takes longer than a thousand checks. */
function rememberLast<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { key: Key; value: Value } | null = null;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

function problem(check: ValidateFunction): string {
  const [error] = check.errors ?? [];
  const where = error?.instancePath ? `At ${error.instancePath.slice(0, 80)} it` : 'The JSON';
  const allowed = error?.keyword === 'enum' ? ` (${JSON.stringify(error.params.allowedValues).slice(0, 120)})` : '';
  return `${where} ${error?.message ?? 'does not fit the schema'}${allowed}.`;
}
