import { z } from 'zod';
import { evalSet } from './eval-sets.ts';
import { author, fileProblem, projectParams, type RouteContract } from './route.ts';

const encoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']);
/** `variable_group`: a variable whose equal values stand on one side; `fields`: an object whose own fields have roles, named as `vars.text`. */
const fieldRole = z.enum([
  'variable',
  'variable_group',
  'expected',
  'tags',
  'id',
  'group',
  'scorers',
  'fields',
  'ignore',
]);

/** How a file is read, and what its fields mean. What is left out is told from the file. */
const reading = {
  encoding: encoding.optional(),
  delimiter: z
    .string()
    .regex(/^[^"\r\n]$/, 'must be one character, no quote and no line break')
    .optional(),
  /** Of a workbook; its first one unless named. */
  sheet: z.string().max(100).optional(),
  /** The role of each field; one that is not in it becomes a variable. */
  roles: z.record(z.string(), fieldRole).optional(),
};
const upload = z.uuid();

const into = {
  set: z.string().trim().min(1).max(80),
  /** Share of the cases put aside; for a set that is there already its own share counts. */
  holdout: z.number().min(0).max(0.9).default(0.2),
  author,
};
const imported = z.object({
  set: evalSet,
  added: z.number(),
  unchanged: z.number(),
  replaced: z.number(),
  /** Rows that repeat another one of the same file. */
  repeated: z.number(),
  dev: z.number(),
  holdout: z.number(),
});

const lines = z.array(z.number());
const preview = z.object({
  format: z.enum(['csv', 'json', 'jsonl', 'xlsx']),
  encoding: encoding.nullable(),
  delimiter: z.string().nullable(),
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  rows: z.number(),
  cases: z.number(),
  fields: z.array(z.object({ name: z.string(), role: fieldRole, samples: z.array(z.string()), isObject: z.boolean() })),
  /** The first rows, their values in the order of the fields. */
  first: z.array(z.object({ line: z.number(), values: z.array(z.string()) })),
  labels: z.array(z.object({ label: z.string().nullable(), count: z.number() })),
  labelCount: z.number(),
  groups: z.number(),
  repeated: z.object({ count: z.number(), examples: z.array(z.object({ line: z.number(), first: z.number() })) }),
  /** The same input with several answers. */
  conflicts: z.object({
    count: z.number(),
    examples: z.array(z.object({ text: z.string(), answers: z.array(z.object({ label: z.string(), lines })) })),
  }),
  nearDuplicates: z.object({
    groups: z.number(),
    cases: z.number(),
    /** Groups whose labels differ. */
    mixed: z.number(),
    examples: z.array(z.object({ lines, texts: z.array(z.string()), labels: z.array(z.string()), mixed: z.boolean() })),
  }),
  problems: z.array(fileProblem),
  problemCount: z.number(),
});

export const setImportRoutes = {
  'POST /api/projects/:project/sets/upload': {
    summary:
      'Takes a file of up to 200 MB, to be looked at and imported. It is kept until then, or until newer ones come.',
    params: projectParams,
    query: z.object({ fileName: z.string().min(1).max(300) }),
    upload: 'application/octet-stream',
    response: z.object({ upload, fileName: z.string(), bytes: z.number() }),
  },
  'POST /api/projects/:project/sets/preview': {
    summary: 'Shows what an uploaded file would become, and what is worth a look before it is stored. Stores nothing.',
    needs: null,
    params: projectParams,
    body: z.strictObject({ upload, ...reading }),
    response: preview,
  },
  'POST /api/projects/:project/sets/import': {
    summary: 'Imports the text of a file into a set as its next version: all rows or, with the bad rows named, none.',
    params: projectParams,
    body: z.strictObject({
      ...into,
      fileName: z.string().max(300),
      /** The file's text: CSV, JSON or JSONL, by the file name's ending. */
      text: z.string(),
      /** Field that becomes the variable; by default every field that has no other use becomes a variable of its name. */
      input: z.string().optional(),
      expected: z.string().optional(),
      id: z.string().optional(),
      tags: z.string().optional(),
      /** Cases with the same value stand on one side. */
      group: z.string().optional(),
    }),
    response: imported,
  },
  'POST /api/projects/:project/sets/import-upload': {
    summary: 'Imports an uploaded file into a set as its next version: all rows or, with the bad rows named, none.',
    params: projectParams,
    body: z.strictObject({
      ...into,
      ...reading,
      upload,
      /** Every case whose input has several answers; all but the first of those that differ by little. */
      leaveOut: z
        .strictObject({ conflicts: z.boolean().optional(), nearDuplicates: z.boolean().optional() })
        .optional(),
    }),
    response: imported,
  },
} satisfies Record<string, RouteContract>;
