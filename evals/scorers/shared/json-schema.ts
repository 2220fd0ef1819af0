import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { canonicalJson, type JsonObject } from '../../../server/domain/json.ts';

/** RE2 in place of the engine's own, which takes exponential time on patterns such as `(a+)+$` where the output is hostile. */
const linearPattern = Object.assign((pattern: string) => RE2JS.compile(RE2JS.translateRegExp(pattern)), {
  code: 'RE2JS.compile',
});
const options: Options = {
  strict: false,
  validateFormats: false,
  logger: false,
  ownProperties: true,
  code: { regExp: linearPattern },
};

/**
 * Compiles a JSON schema of draft 2020-12, or of draft 7 or 6 where `$schema` says so. `format` is read as a remark, as JSON Schema itself has it.
 * Throws where the schema can't be used.
 */
export function compileSchema(schema: JsonObject): ValidateFunction {
  const draft = typeof schema.$schema === 'string' ? schema.$schema : '';
  const ajv = /draft-0[67]/.test(draft) ? new Ajv(options) : new Ajv2020(options);
  // The built-in check compares every pair, which a hostile output could stretch to hours.
  ajv.removeKeyword('uniqueItems').addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have equal items' },
    validate: (unique: boolean, items: readonly unknown[]) =>
      !unique || new Set(items.map(canonicalJson)).size === items.length,
  });
  const { $async: _, ...synchronous } = schema;
  return ajv.compile(synchronous);
}
