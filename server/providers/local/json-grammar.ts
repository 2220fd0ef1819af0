import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** A grammar in llama.cpp's GBNF, and the keywords of the schema that it can't hold an answer to. */
export type JsonGrammar = { grammar: string; unenforced: string[] };

const common = [
  'string ::= "\\"" char* "\\""',
  'char ::= [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})',
  'integer ::= "-"? ("0" | [1-9] [0-9]{0,14})',
  'number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?',
  'boolean ::= "true" | "false"',
  'null ::= "null"',
  'object ::= "{" (string ": " value (", " string ": " value)*)? "}"',
  'array ::= "[" (value (", " value)*)? "]"',
  'value ::= string | number | boolean | null | object | array',
];
const simpleTypes = ['string', 'integer', 'number', 'boolean', 'null', 'object', 'array'];
/** Keywords that say nothing of what an answer may be, or that are held to elsewhere in this file. */
const understood = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$schema',
  '$id',
  '$comment',
  'format',
  'deprecated',
  'type',
  'enum',
  'const',
  'oneOf',
  'anyOf',
  '$ref',
  '$defs',
  'definitions',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
]);

/**
 * The answers that a JSON schema allows, on one line with a space after each comma and colon. Properties come in the order of the schema, optional
 * ones may be left out, and others are never written. `oneOf` is read as `anyOf`.
 */
export function jsonGrammar(schema: JsonObject): JsonGrammar {
  const writer = new GrammarWriter(schema);
  const root = writer.expression(schema);
  return {
    grammar: [`root ::= ${root}`, ...writer.rules.values(), ...common].join('\n'),
    unenforced: [...writer.unenforced].sort(),
  };
}

class GrammarWriter {
  readonly rules = new Map<string, string>();
  readonly unenforced = new Set<string>();
  readonly #root: JsonObject;
  readonly #references = new Map<string, string>();

  constructor(root: JsonObject) {
    this.#root = root;
  }

  expression(schema: JsonValue | undefined): string {
    if (!isObject(schema)) return 'value';
    for (const keyword of Object.keys(schema)) if (!understood.has(keyword)) this.unenforced.add(keyword);
    if (typeof schema.$ref === 'string') return this.#reference(schema.$ref);
    if ('const' in schema) return literal(schema.const);
    if (Array.isArray(schema.enum)) return anyOf(schema.enum.map(literal));
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (Array.isArray(alternatives)) return anyOf(alternatives.map((one) => this.expression(one)));
    if (Array.isArray(schema.type)) return anyOf(schema.type.map((type) => this.expression({ ...schema, type })));
    return this.#ofType(schema);
  }

  #ofType(schema: JsonObject): string {
    const { type } = schema;
    if (type === 'object' || (type === undefined && 'properties' in schema)) return this.#object(schema);
    if (type === 'array') return this.#array(schema);
    if (type === 'string' && ('minLength' in schema || 'maxLength' in schema)) {
      return `"\\"" char${times(schema.minLength, schema.maxLength)} "\\""`;
    }
    return typeof type === 'string' && simpleTypes.includes(type) ? type : 'value';
  }

  #array({ items, minItems, maxItems }: JsonObject): string {
    if (maxItems === 0) return '"[]"';
    const item = this.#named('item', this.expression(items));
    const least = typeof minItems === 'number' ? minItems : 0;
    const most = typeof maxItems === 'number' ? maxItems - 1 : undefined;
    const listed = `${item} (", " ${item})${times(Math.max(0, least - 1), most)}`;
    return least > 0 ? `"[" ${listed} "]"` : `"[" (${listed})? "]"`;
  }

  #object({ properties, required }: JsonObject): string {
    if (!isObject(properties)) return 'object';
    const needed = new Set(Array.isArray(required) ? required : []);
    const fields = Object.entries(properties).map(([key, schema]) => ({
      text: `${literal(key)} ": " ${this.#named('field', this.expression(schema))}`,
      optional: !needed.has(key),
    }));
    // From the last to the first: what may follow, when nothing is written yet and when something is.
    let atStart = '""';
    let after = '""';
    for (const { text, optional } of fields.reverse()) {
      const first = `${text} ${after}`;
      const later = `", " ${text} ${after}`;
      atStart = this.#named('fields', optional ? `${first} | ${atStart}` : first);
      after = this.#named('fields', optional ? `${later} | ${after}` : later);
    }
    return `"{" ${atStart} "}"`;
  }

  #reference(reference: string): string {
    const known = this.#references.get(reference);
    if (known !== undefined) return known;
    // Named before it is read: it may refer to itself.
    const name = `reference-${this.#references.size}`;
    this.#references.set(reference, name);
    this.rules.set(name, `${name} ::= ${this.expression(resolve(this.#root, reference))}`);
    return name;
  }

  #named(kind: string, expression: string): string {
    if (/^[a-zA-Z0-9-]+$/.test(expression) || expression === '""') return expression;
    const name = `${kind}-${this.rules.size}`;
    this.rules.set(name, `${name} ::= ${expression}`);
    return name;
  }
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const anyOf = (expressions: readonly string[]): string => `(${expressions.join(' | ')})`;

/** JSON's own text as a GBNF string. */
const literal = (value: JsonValue | undefined): string => JSON.stringify(JSON.stringify(value ?? null));

const times = (least: JsonValue | undefined, most: JsonValue | undefined): string =>
  `{${typeof least === 'number' ? least : 0},${typeof most === 'number' ? most : ''}}`;

/** What `#/a/b` points to. */
function resolve(root: JsonObject, reference: string): JsonValue | undefined {
  let here: JsonValue | undefined = root;
  for (const part of reference.split('/').slice(1)) {
    here = isObject(here) ? here[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return here;
}
