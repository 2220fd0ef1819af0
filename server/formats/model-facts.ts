import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { unavailable } from '../domain/errors.ts';
import type { ModelFactTable } from '../domain/model-facts.ts';

const factTable = z.object({
  date: z.iso.date(),
  source: z.string(),
  families: z.array(
    z.strictObject({
      names: z.array(z.string().toLowerCase()).min(1),
      sized: z.boolean().optional(),
      weights: z.enum(['open', 'closed']).optional(),
      licence: z.string().optional(),
      parameters: z.int().positive().optional(),
      contextTokens: z.int().positive().optional(),
    }),
  ),
});

/** Reads `data/model-facts.json`. Throws `model_facts_unreadable`. */
export async function readModelFacts(file: string): Promise<ModelFactTable> {
  try {
    return factTable.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw unavailable('model_facts_unreadable', `The table of models ${file} can't be read: ${reason}`, { cause });
  }
}
