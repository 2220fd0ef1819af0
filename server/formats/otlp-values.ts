import { z } from 'zod';
import type { JsonObject, JsonValue } from '../domain/json.ts';

const MOST_ATTRIBUTES = 256;
/** As much as an observation may hold. */
export const LONGEST_TEXT = 1_000_000;
export const LONGEST_NAME = 500;
/** AnyValue may hold itself; deeper than this is nobody's data. */
const DEEPEST = 16;

export const list = z.array(z.unknown()).nullish();
/** Nanoseconds since 1970. */
export const time = z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative().refine(Number.isInteger)]);
export const hex = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${digits}}$`, 'i'))
    .refine((id) => !/^0+$/.test(id))
    .transform((id) => id.toLowerCase());
const keyValue = z.object({ key: z.string().min(1), value: z.unknown() });

/** A list of keys and values as an object. */
export const attributesOf = (pairs: readonly unknown[] | null | undefined): JsonObject =>
  Object.fromEntries(entriesOf(pairs, 0));

function entriesOf(pairs: readonly unknown[] | null | undefined, depth: number): [string, JsonValue][] {
  return (pairs ?? []).slice(0, MOST_ATTRIBUTES).flatMap((pair): [string, JsonValue][] => {
    const { data } = keyValue.safeParse(pair);
    return data === undefined ? [] : [[data.key.slice(0, LONGEST_NAME), anyValue(data.value, depth)]];
  });
}

const anyValueShape = z.looseObject({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.union([z.number(), z.string()]).optional(),
  arrayValue: z.object({ values: list }).optional(),
  kvlistValue: z.object({ values: list }).optional(),
  bytesValue: z.string().optional(),
});

/** `AnyValue` as JSON. Bytes are not kept, and numbers that JSON can't hold are null. */
export function anyValue(value: unknown, depth = 0): JsonValue {
  const { data } = anyValueShape.safeParse(value);
  if (data === undefined || depth > DEEPEST) return null;
  if (data.stringValue !== undefined) return cut(data.stringValue);
  if (data.boolValue !== undefined) return data.boolValue;
  if (data.intValue !== undefined) return finite(Number(data.intValue));
  if (data.doubleValue !== undefined) return finite(Number(data.doubleValue));
  if (data.arrayValue !== undefined) {
    return (data.arrayValue.values ?? []).slice(0, MOST_ATTRIBUTES).map((one) => anyValue(one, depth + 1));
  }
  if (data.kvlistValue !== undefined) return Object.fromEntries(entriesOf(data.kvlistValue.values, depth + 1));
  return data.bytesValue === undefined ? null : '[bytes]';
}

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);

const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
