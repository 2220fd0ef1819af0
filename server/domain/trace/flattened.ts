import type { JsonObject, JsonValue } from '../json.ts';

/**
 * What older conventions spread over attributes: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`, … become the list that they were. Null where no
 * attribute begins like that. Of `a.0` and `a.0.b` the first that comes is kept.
 */
export function unflattened(attributes: JsonObject, prefix: string): readonly JsonValue[] | null {
  const root: Branch = new Map();
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith(`${prefix}.`)) place(root, key.slice(prefix.length + 1).split('.'), value);
  }
  if (root.size === 0) return null;
  const read = plain(root);
  return Array.isArray(read) ? read : null;
}

type Branch = Map<string, Branch | { value: JsonValue }>;
/** No convention goes deeper than half of this. */
const DEEPEST = 12;

function place(branch: Branch, [name = '', ...rest]: readonly string[], value: JsonValue): void {
  const there = branch.get(name);
  if (rest.length === 0) {
    if (there === undefined) branch.set(name, { value });
    return;
  }
  if (rest.length > DEEPEST || (there !== undefined && !(there instanceof Map))) return;
  const next: Branch = there ?? new Map();
  branch.set(name, next);
  place(next, rest, value);
}

function plain(branch: Branch): JsonValue {
  const read = [...branch].map(([name, one]) => [name, one instanceof Map ? plain(one) : one.value] as const);
  if (read.every(([name]) => /^\d{1,6}$/.test(name))) {
    return read.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
  }
  return Object.fromEntries(read);
}
