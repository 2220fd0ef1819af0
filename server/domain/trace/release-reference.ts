import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { parsedJson } from './messages.ts';

/** Which release a call says it belongs to: by its number, or by the version of a prompt. */
export type ReleaseReference = { type: 'release'; id: number } | { type: 'version'; prompt: string; version: number };

/** From the attributes of the span, else from those of the program that sent it. Null where it names none. */
export function releaseReferenceOf(attributes: JsonObject, resource: JsonObject): ReleaseReference | null {
  for (const source of [attributes, resource]) {
    const id = wholeNumber(source['whetstone.release']);
    if (id !== null) return { type: 'release', id };
    const prompt = source['whetstone.prompt'];
    const version = wholeNumber(source['whetstone.version']);
    if (typeof prompt === 'string' && version !== null) return { type: 'version', prompt, version };
  }
  return null;
}

/** The variables that the prompt was filled with, where the span holds them. */
export function variablesOf(attributes: JsonObject): JsonObject | null {
  const said = parsedJson(attributes['whetstone.variables'] ?? attributes['llm.prompt_template.variables']);
  return isJsonObject(said) ? said : null;
}

function wholeNumber(value: JsonValue | undefined): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null;
}
