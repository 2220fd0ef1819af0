import { z } from 'zod';

const name = z.string().regex(/^[\w-]{1,64}$/, 'its name is not of up to 64 letters, digits, _ and -');

/** Tools as the OpenAI interface has them, https://platform.openai.com/docs/api-reference/chat/create. */
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
  .refine((list) => new Set(list.map((tool) => tool.function.name)).size === list.length, 'a tool is there twice');

/** Whether the model must call one, or which. */
export const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), function: z.strictObject({ name }) }),
]);
