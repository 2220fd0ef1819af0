import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** About as much as a judge writes to give its reason. */
const sentence =
  'The answer names what was asked for and gives the reason that the text gives, but it leaves out that the offer ends in May, which the reader would need to know in order to decide.';
const itemsOfAList = 3;

/** A value of the shape that a JSON schema describes: about what a reply that is bound to it says, for planning. */
export function schemaExample(schema: JsonObject): JsonValue {
  const { enum: choices, properties, items, type } = schema;
  if (Array.isArray(choices)) return choices[0] ?? null;
  if (isJsonObject(properties)) {
    const parts = Object.entries(properties);
    return Object.fromEntries(parts.map(([name, part]) => [name, isJsonObject(part) ? schemaExample(part) : sentence]));
  }
  if (isJsonObject(items)) return Array.from({ length: itemsOfAList }, () => schemaExample(items));
  if (type === 'boolean') return true;
  return type === 'number' || type === 'integer' ? 1 : sentence;
}
