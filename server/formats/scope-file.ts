import { stringify } from 'yaml';
import { z } from 'zod';
import { emptyScope, type Scope, scopeFieldNames } from '../domain/scope.ts';
import { readYaml } from './yaml-source.ts';

const text = z.string().max(5000).default('');
const share = z.number().min(0).max(1);
const minimums = z
  .array(z.strictObject({ tag: z.string().trim().min(1).max(80), passRate: share }))
  .max(20)
  .superRefine((all, context) => {
    for (const [index, { tag }] of all.entries()) {
      if (all.findIndex((other) => other.tag === tag) === index) continue;
      context.addIssue({
        code: z.ZodIssueCode.custom,
        path: [index, 'tag'],
        message: `"${tag}" has a minimum already`,
      });
    }
  });

/** A scope as files hold it. What is left out is not said; whether data may leave is never left out. */
export const scopeFields = z.strictObject({
  problem: text,
  users: text,
  inputs: text,
  outputs: text,
  examples: z
    .array(z.strictObject({ input: z.string().max(5000), output: z.string().max(5000) }))
    .max(20)
    .default([]),
  mustNever: text,
  privacy: text,
  targetPassRate: share.nullable().default(null),
  minimumsByTag: minimums.default([]),
  maxCostUsdPer1000Calls: z.number().nonnegative().nullable().default(null),
  maxLatencyP95Ms: z.number().positive().nullable().default(null),
  dataMayLeave: z.boolean(),
});

/** Reads YAML, which JSON is too. Throws `scope_file_invalid`, which names line and column. */
export const readScopeFile = (fileName: string, text: string): Scope =>
  readYaml({ fileName, text }, scopeFields, 'scope_file_invalid');

/** A scope as YAML that `readScopeFile` reads; an empty one where none was written. */
export function scopeYaml(scope: Scope = emptyScope): string {
  // In the order in which a person is asked, whatever the order it was stored in.
  return stringify(Object.fromEntries(scopeFieldNames.map((field) => [field, scope[field]])), { lineWidth: 0 });
}
