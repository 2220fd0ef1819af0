import { stringify } from 'yaml';
import { z } from 'zod';
import { detectorNames } from '../domain/redaction/detectors.ts';
import type { RedactionRules } from '../domain/redaction/rules.ts';
import { readYaml } from './yaml-source.ts';

/** What is left out is not looked for; keys are, whatever a file says. */
const redactionFields = z.strictObject({
  detectors: z.array(z.enum(detectorNames)).default([]),
  words: z.array(z.string().trim().min(1).max(200)).max(1000).default([]),
  patterns: z
    .array(z.strictObject({ name: z.string().max(40), pattern: z.string().min(1).max(1000) }))
    .max(50)
    .default([]),
  fields: z
    .array(z.strictObject({ path: z.string().min(1).max(200), action: z.enum(['drop', 'replace']) }))
    .max(200)
    .default([]),
  numbered: z.boolean().default(false),
});

/** Reads YAML, which JSON is too. Throws `redaction_file_invalid`, which names line and column. */
export const readRedactionFile = (fileName: string, text: string): RedactionRules =>
  readYaml({ fileName, text }, redactionFields, 'redaction_file_invalid');

/** Rules as YAML that `readRedactionFile` reads. */
export const redactionYaml = ({ detectors, words, patterns, fields, numbered }: RedactionRules): string =>
  stringify({ detectors, words, patterns, fields, numbered }, { lineWidth: 0 });
