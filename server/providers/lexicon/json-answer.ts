import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { Choice } from './classify.ts';

/** The property of a JSON answer that holds the label, and the labels that its schema allows. */
export function labelProperty(schema: JsonObject): { name: string; labels: readonly string[] } | null {
  const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
  const withLabels = properties.map(([name, property]) => ({ name, ...propertyOf(property) }));
  return withLabels.find(({ labels }) => labels.length > 0) ?? withLabels.find(({ isText }) => isText) ?? null;
}

function propertyOf(property: JsonObject[string]): { isText: boolean; labels: readonly string[] } {
  if (!isJsonObject(property)) return { isText: false, labels: [] };
  const values = Array.isArray(property.enum) ? property.enum : [];
  return { isText: property.type === 'string', labels: values.filter((value) => typeof value === 'string') };
}

/** A JSON answer with the label and what else the schema requires; null where that is more than a label, a confidence and a reason. */
export function jsonAnswer(schema: JsonObject, { label, sentiment }: Choice): JsonObject | null {
  const property = labelProperty(schema);
  if (property === null || !isJsonObject(schema.properties)) return null;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const names = Object.keys(schema.properties).filter((name) => name === property.name || required.includes(name));
  const answer: Record<string, JsonValue> = {};
  for (const name of names) {
    const filler = fillerFor(schema.properties[name], sentiment);
    if (name !== property.name && filler === null) return null;
    answer[name] = name === property.name ? label : filler;
  }
  return answer;
}

function fillerFor(property: JsonObject[string] | undefined, sentiment: number): JsonValue {
  if (!isJsonObject(property)) return null;
  const confidence = Math.round(Math.abs(sentiment) * 100) / 100;
  switch (property.type) {
    case 'number':
      return confidence;
    case 'integer':
      return Math.round(confidence);
    case 'string':
      return `The words that the lexicon knows sum up to ${sentiment.toFixed(2)}.`;
    default:
      return null;
  }
}
