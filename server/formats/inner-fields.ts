import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { FieldRole } from './field-roles.ts';
import type { Row } from './row.ts';

/** Fields whose own fields stand singly are given by dotted paths, as `vars.text`; deeper ones where such a path is given so again. */
export function withInnerFields(rows: readonly Row[], roles: Readonly<Record<string, FieldRole>>): readonly Row[] {
  const opened = new Set(Object.keys(roles).filter((name) => roles[name] === 'fields'));
  if (opened.size === 0) return rows;
  const open = (fields: JsonObject, path: string): JsonObject =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => {
        const at = path + name;
        if (opened.has(at) && isJsonObject(value)) return Object.entries(open(value, `${at}.`));
        return opened.has(at) && value === null ? [] : [[at, value]];
      }),
    );
  return rows.map(({ line, fields }) => ({ line, fields: open(fields, '') }));
}

/** What a field is called as a variable: an inner one by its own name, as in a template. */
export function variableName(field: string, roles: Readonly<Record<string, FieldRole>>): string {
  const outer = Object.keys(roles).filter((name) => roles[name] === 'fields' && field.startsWith(`${name}.`));
  return field.slice(outer.reduce((longest, { length }) => Math.max(longest, length + 1), 0));
}
