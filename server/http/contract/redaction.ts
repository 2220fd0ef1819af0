import { z } from 'zod';
import { detectorNames } from '../../domain/redaction/detectors.ts';
import { author, instant, projectParams, type RouteContract } from './route.ts';

const rules = z.strictObject({
  /** Keys are looked for even where they are not among these. */
  detectors: z.array(z.enum(detectorNames)).readonly(),
  words: z.array(z.string().max(200)).max(1000).readonly(),
  patterns: z
    .array(z.strictObject({ name: z.string().max(40), pattern: z.string().min(1).max(1000) }))
    .max(50)
    .readonly(),
  fields: z
    .array(z.strictObject({ path: z.string().min(1).max(200), action: z.enum(['drop', 'replace']) }))
    .max(200)
    .readonly(),
  numbered: z.boolean(),
});
const counted = z.object({ name: z.string(), count: z.number() });
/** A case that was made before, and still holds what the rules cover; `current` where the newest version of the set has it so. */
const matching = z.object({ set: z.string(), key: z.string(), current: z.boolean() });

const stored = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({
    state: z.literal('running'),
    phase: z.enum(['texts', 'cases', 'file']),
    done: z.number(),
    total: z.number(),
  }),
  z.object({ state: z.literal('stopped') }),
  z.object({ state: z.literal('failed'), code: z.string(), reason: z.string() }),
  z.object({
    state: z.literal('done'),
    records: z.number(),
    changed: z.number(),
    /** Cases that match, not changed; the first of them by name. */
    matchingCases: z.number(),
    cases: z.array(matching),
    /** Copies of the database that were made before; they hold what they held. */
    copies: z.array(z.string()),
  }),
]);

export const redactionRoutes = {
  'GET /api/projects/:project/redaction': {
    summary:
      'What is taken out of production calls before they are stored, how often that was, and every change of the rules.',
    params: projectParams,
    response: z.object({
      number: z.number(),
      rules,
      suggested: z.array(z.enum(detectorNames)),
      counts: z.array(counted.extend({ lastAt: instant })),
      versions: z.array(z.object({ number: z.number(), rules, author: z.string(), createdAt: instant })),
      stored: z.array(
        z.object({
          rules: z.number(),
          author: z.string(),
          records: z.number(),
          changed: z.number(),
          createdAt: instant,
        }),
      ),
      /** Of the database's file, which is written anew when rules are applied to what is stored. */
      fileBytes: z.number(),
    }),
  },
  'PUT /api/projects/:project/redaction': {
    summary: 'Saves the rules as the next version, over the version `base`; they hold from the next call on.',
    needs: 'approver',
    params: projectParams,
    body: z.strictObject({ rules, base: z.number().int().min(0), author }),
    response: z.object({ number: z.number(), created: z.boolean() }),
  },
  'POST /api/projects/:project/redaction/try': {
    summary: 'What becomes of a text by these rules, or by those that hold. Nothing is stored, logged or counted.',
    needs: 'viewer',
    params: projectParams,
    body: z.strictObject({ text: z.string().max(100_000), rules: rules.optional() }),
    response: z.object({ text: z.string(), counts: z.array(counted) }),
  },
  'GET /api/projects/:project/redaction/stored': {
    summary: 'How far the rules have been applied to what was stored before them, in this process.',
    params: projectParams,
    response: stored,
  },
  'POST /api/projects/:project/redaction/stored': {
    summary:
      'Applies the rules to what is stored: observations and traces are rewritten, and what they held is wiped from the file. It can not be undone.',
    needs: 'approver',
    params: projectParams,
    body: z.strictObject({ author }),
    response: stored,
  },
  'DELETE /api/projects/:project/redaction/stored': {
    summary: 'Stops that; what was rewritten stays so.',
    needs: 'approver',
    params: projectParams,
    response: stored,
  },
} satisfies Record<string, RouteContract>;
