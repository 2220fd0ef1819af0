import { isJsonObject, type JsonValue } from '../../domain/json.ts';

/** A JSON schema as a TypeScript type; `unknown` where it says what a type can't. */
export function schemaType(schema: JsonValue | undefined): string {
  if (!isJsonObject(schema)) return 'unknown';
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literalType));
  if (schema.const !== undefined) return literalType(schema.const);
  const either = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(either)) return union(either.map(schemaType));
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => schemaType({ ...schema, type })));
  if (schema.type === 'object') return objectType(schema);
  if (schema.type === 'array') return `readonly (${schemaType(schema.items)})[]`;
  if (schema.type === 'integer') return 'number';
  return ['string', 'number', 'boolean', 'null'].find((type) => type === schema.type) ?? 'unknown';
}

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ') || 'never';

const literalType = (value: JsonValue): string =>
  typeof value === 'object' && value !== null ? 'unknown' : JSON.stringify(value);

function objectType({ properties, required }: { [name: string]: JsonValue | undefined }): string {
  if (!isJsonObject(properties)) return '{ readonly [name: string]: unknown }';
  const needed = Array.isArray(required) ? required : [];
  const fields = Object.entries(properties).map(
    ([name, schema]) => `readonly ${JSON.stringify(name)}${needed.includes(name) ? '' : '?'}: ${schemaType(schema)}`,
  );
  return fields.length === 0 ? '{ readonly [name: string]: unknown }' : `{ ${fields.join('; ')} }`;
}
