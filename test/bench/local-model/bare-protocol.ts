import { z } from 'zod';
import { messageRoles } from '../../../server/domain/prompt.ts';

const prompt = z.object({
  messages: z.array(z.object({ role: z.enum(messageRoles), content: z.string() })),
  parameters: z.object({ maxTokens: z.number() }),
  responseFormat: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('labels'), labels: z.array(z.string()) }),
  ]),
});

/** What the bench asks of the process with the bare loop, and what that answers. */
export const bareRequest = z.object({ modelPath: z.string(), prompts: z.array(prompt) });
export type BareRequest = z.infer<typeof bareRequest>;

export const bareReport = z.object({
  ms: z.number(),
  outputs: z.array(z.string()),
  promptTokens: z.number(),
  generatedTokens: z.number(),
  threads: z.number(),
});
export type BareReport = z.infer<typeof bareReport>;
