import { z } from 'zod';

const name = z.string().regex(/^[\w-]{1,64}$/, 'A tool has a name of up to 64 letters, digits, _ and -.');

/** What a model may call, as OpenAI's interface has it. */
export const tools = z
  .array(
    z.strictObject({
      type: z.literal('function'),
      function: z.strictObject({
        name,
        description: z.string().optional(),
        parameters: z.record(z.string(), z.json()).optional(),
        strict: z.boolean().nullable().optional(),
      }),
    }),
  )
  .min(1)
  .max(128)
  .refine((list) => new Set(list.map((tool) => tool.function.name)).size === list.length, 'A tool is there twice.');

export const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), function: z.strictObject({ name }) }),
]);
