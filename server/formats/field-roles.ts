import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import type { FileProblem } from './file-problem.ts';
import { variableName } from './inner-fields.ts';
import { fieldNames, type Row } from './row.ts';

/**
 * What a field of a file becomes in a case; `ignore` leaves it out. `variable_group` is a variable whose equal values belong together, `fields` an object
 * whose own fields have roles, named by dotted paths such as `vars.text`.
 */
export type FieldRole =
  | 'variable'
  | 'variable_group'
  | 'expected'
  | 'tags'
  | 'id'
  | 'group'
  | 'scorers'
  | 'fields'
  | 'ignore';

/** Which fields of a file mean what. */
export type FieldMapping = {
  /** The one field that becomes a variable, under its own name; without it every field with no other use does. */
  input?: string;
  expected?: string;
  id?: string;
  tags?: string;
  /** Cases with the same value stand on the same side. */
  group?: string;
  /** With which a case is judged in place of a run's scorers or beside them. */
  scorers?: string;
  /** The role of each field, in place of all of the above and of what the names tell; a field that is not in it becomes a variable. */
  roles?: Readonly<Record<string, FieldRole>>;
};

/** The fields that a mapping finds in a file. */
export type Roles = Readonly<Record<'id' | 'expected' | 'tags' | 'group' | 'scorers', string | null>> & {
  /** Fields whose own fields are the variables. */
  spread: readonly string[];
  ignored: readonly string[];
  input: string | null;
  /** Whether the field of the group is a variable as well. */
  groupIsVariable: boolean;
  nameOf: (field: string) => string;
};

const namesOf = {
  expected: ['expected', 'label', 'answer', 'ideal', 'output'],
  id: ['id', 'key'],
  tags: ['tags'],
  scorers: ['scorers'],
  group: ['group', 'group_id'],
} as const;
const variableNames = ['vars', 'variables'];

export const rolesOf = (names: readonly string[], mapping: FieldMapping): Roles =>
  mapping.roles === undefined ? rolesByName(names, mapping) : rolesAsGiven(names, mapping.roles);

function rolesByName(names: readonly string[], mapping: FieldMapping): Roles {
  const taken = [mapping.input, mapping.expected, mapping.id, mapping.tags, mapping.group, mapping.scorers];
  const free = names.filter((name) => !taken.includes(name));
  return {
    id: mapping.id ?? named(free, namesOf.id),
    expected: mapping.expected ?? named(free, namesOf.expected),
    tags: mapping.tags ?? named(free, namesOf.tags),
    scorers: mapping.scorers ?? named(free, namesOf.scorers),
    group: mapping.group ?? null,
    spread: free.filter(isSpread),
    ignored: [],
    input: mapping.input ?? null,
    groupIsVariable: false,
    nameOf: (field) => field,
  };
}

function rolesAsGiven(names: readonly string[], roles: Readonly<Record<string, FieldRole>>): Roles {
  const having = (role: FieldRole) => names.filter((name) => Object.hasOwn(roles, name) && roles[name] === role);
  const only = (role: FieldRole) => having(role)[0] ?? null;
  const group = only('group') ?? only('variable_group');
  return {
    id: only('id'),
    expected: only('expected'),
    tags: only('tags'),
    scorers: only('scorers'),
    group,
    spread: names.filter((name) => isSpread(name) && !Object.hasOwn(roles, name)),
    ignored: having('ignore'),
    input: null,
    groupIsVariable: only('group') === null,
    nameOf: (field) => variableName(field, roles),
  };
}

/** The role that each field would have by its name, and by its name alone: offered to a person, who may see it otherwise. */
export function proposedRoles(rows: readonly Row[]): Record<string, FieldRole> {
  const names = fieldNames(rows);
  const objects = new Set(
    rows.flatMap(({ fields }) => Object.keys(fields).filter((name) => isSpread(name) && isJsonObject(fields[name]))),
  );
  const roles = rolesByName(names, { group: named(names, namesOf.group) ?? undefined });
  return Object.fromEntries(
    names.map((name) => {
      const role = (['expected', 'tags', 'id', 'group', 'scorers'] as const).find(
        (candidate) => roles[candidate] === name,
      );
      return [name, role ?? (objects.has(name) ? 'fields' : 'variable')];
    }),
  );
}

const isSpread = (name: string): boolean => variableNames.includes(name.toLowerCase());

const named = (names: readonly string[], wanted: readonly string[]): string | null =>
  wanted.map((name) => names.find((field) => field.toLowerCase() === name)).find((field) => field !== undefined) ??
  null;

/** What is said of fields that a mapping names and the rows do not have. */
export function missingFields(rows: readonly Row[], roles: Roles, mapping: FieldMapping): FileProblem[] {
  const outer = new Set(fieldNames(rows));
  const inner = new Set(roles.spread.length === 0 ? [] : rows.flatMap(({ fields }) => nestedNames(fields, roles)));
  const { input, expected, id, tags, group, scorers, roles: given = {} } = mapping;
  return [
    { name: input, there: outer.union(inner) },
    // A field that was opened is there by its own fields.
    ...[expected, id, tags, group, scorers, ...Object.keys(given).filter((name) => given[name] !== 'fields')].map(
      (name) => ({
        name,
        there: outer,
      }),
    ),
  ].flatMap(({ name, there }) => {
    if (name === undefined || there.has(name)) return [];
    const names = [...there].map((field) => `"${field}"`).join(', ');
    const message = `There is no field "${name}". Name one of those there are: ${names}.`;
    return [{ line: rows[0]?.line ?? 1, code: 'field_missing', values: { name, names }, message }];
  });
}

function nestedNames(fields: JsonObject, roles: Roles): string[] {
  return roles.spread.flatMap((name) => {
    const value = fields[name];
    return isJsonObject(value) ? Object.keys(value) : [];
  });
}

/** The variables of a row, those of `vars` and `variables` among them. */
export function variableEntries(fields: JsonObject, roles: Roles): [string, JsonValue][] {
  const group = roles.groupIsVariable ? null : roles.group;
  const used = [roles.id, roles.expected, roles.tags, roles.scorers, group, ...roles.ignored];
  return Object.entries(fields)
    .filter(([name]) => !used.includes(name))
    .flatMap(([name, value]): [string, JsonValue][] =>
      roles.spread.includes(name) && isJsonObject(value) ? Object.entries(value) : [[roles.nameOf(name), value]],
    )
    .filter(([name]) => roles.input === null || name === roles.input);
}
