import { isJsonObject, isTooDeep, type JsonObject, type JsonValue, parseJson } from '../json.ts';
import { fold } from './detectors.ts';
import { redactText } from './redact-text.ts';
import { type CompiledRules, type FieldRule, fieldName } from './rules.ts';

/** How often each rule has found something, by the name that stands in its place. */
export type RedactionCounts = ReadonlyMap<string, number>;

const mostNumbered = 9999;

/**
 * Takes out of texts what the rules cover. One redactor is made for what belongs together, such as an observation: where values are numbered, equal ones get the same
 * number in all its texts. Doing it again changes nothing.
 */
export class Redactor {
  readonly #rules: CompiledRules;
  readonly #counts = new Map<string, number>();
  /** By rule, the number of each value. */
  readonly #numbers = new Map<string, Map<string, number>>();

  constructor(rules: CompiledRules) {
    this.#rules = rules;
  }

  get counts(): RedactionCounts {
    return this.#counts;
  }

  /** A text that is JSON stays JSON: what is found in a number becomes a string. */
  text(text: string): string {
    const parsed = this.#parsed(text);
    if (parsed === null) return this.#plain(text);
    const redacted = JSON.stringify(this.json(parsed), null, text.includes('\n') ? 2 : undefined);
    // A number that is too long for JavaScript is found in the text alone.
    const changed = redacted !== JSON.stringify(parsed, null, text.includes('\n') ? 2 : undefined);
    return this.#plain(changed ? redacted : text);
  }

  /** Its texts, names and numbers, and the fields that rules name by their path. */
  json(value: JsonObject): JsonObject;
  json(value: JsonValue): JsonValue;
  json(value: JsonValue): JsonValue {
    return this.#walk(value, this.#rules.fields);
  }

  /** What a text that is a JSON object, list or text holds, where something in it may have to go. */
  #parsed(text: string): JsonValue | null {
    if (!/^\s*[[{"]/.test(text) || isTooDeep(text)) return null;
    // Behind an escape, as Python writes each letter beyond ASCII, no rule finds anything.
    const asItIs = this.#rules.fields.length === 0 && !text.includes('\\');
    if (asItIs && redactText(text, this.#rules, (name) => `[${name}]`) === text) return null;
    return parseJson(text) ?? null;
  }

  #walk(value: JsonValue, fields: readonly FieldRule[]): JsonValue {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return this.#number(value);
    if (Array.isArray(value)) {
      return value.flatMap((item: JsonValue, index) => this.#child(String(index), item, fields) ?? []);
    }
    return isJsonObject(value) ? this.#object(value, fields) : value;
  }

  #object(value: JsonObject, fields: readonly FieldRule[]): JsonObject {
    const result = new Map<string, JsonValue>();
    for (const [key, item] of Object.entries(value)) {
      const kept = this.#child(key, item, fields);
      if (kept === null) continue;
      let name = this.#plain(key);
      // Two names that are redacted alike are still two.
      while (result.has(name)) name = `${name}'`;
      result.set(name, kept[0] ?? null);
    }
    return Object.fromEntries(result);
  }

  /** The value of a field in a list of one; null where it is dropped. */
  #child(key: string, value: JsonValue, fields: readonly FieldRule[]): [JsonValue] | null {
    const action = fields.find(({ path }) => path === key || path === '*')?.action;
    const placeholder = `[${fieldName}]`;
    if (action === undefined) return [this.#walk(value, below(fields, key))];
    if (action === 'drop' || (value !== null && value !== placeholder)) this.#count(fieldName);
    if (action === 'drop') return null;
    return [value === null ? null : placeholder];
  }

  #number(value: number): JsonValue {
    const text = String(value);
    const redacted = this.#plain(text);
    return redacted === text ? value : redacted;
  }

  #plain(text: string): string {
    return redactText(text, this.#rules, (name, found) => this.#place(name, found));
  }

  #place(name: string, found: string): string {
    this.#count(name);
    if (!this.#rules.numbered) return `[${name}]`;
    const numbers = this.#numbers.get(name) ?? new Map<string, number>();
    this.#numbers.set(name, numbers);
    const value = fold(found).replace(/[\s-]/g, '').toLowerCase();
    const number = numbers.get(value) ?? numbers.size + 1;
    numbers.set(value, number);
    return number > mostNumbered ? `[${name}]` : `[${name} ${number}]`;
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}

/** The rules for what is within a field; a name may have dots itself, as in attributes of traces. */
const below = (fields: readonly FieldRule[], key: string): FieldRule[] =>
  fields.flatMap(({ path, action }) => {
    const outer = [`${key}.`, '*.'].find((start) => path.startsWith(start));
    return outer === undefined ? [] : [{ path: path.slice(outer.length), action }];
  });
