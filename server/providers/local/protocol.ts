import { z } from 'zod';
import { failureCodes } from '../../domain/completion.ts';
import type { JsonObject } from '../../domain/json.ts';
import { messageRoles } from '../../domain/prompt.ts';

const isPlainObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the server and the process that holds a model say to one another. */
const call = z.object({ id: z.number() });

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('labels'), labels: z.array(z.string()).readonly() }),
  z.object({ type: z.literal('json'), schema: z.custom<JsonObject>(isPlainObject) }),
]);
const completeCall = call.extend({
  type: z.literal('complete'),
  messages: z.array(z.object({ role: z.enum(messageRoles), content: z.string() })).readonly(),
  parameters: z.object({
    temperature: z.number().optional(),
    topP: z.number().optional(),
    maxTokens: z.number().optional(),
    seed: z.number().optional(),
    stop: z.array(z.string()).readonly().optional(),
  }),
  responseFormat,
  stream: z.boolean(),
});
const embedCall = call.extend({ type: z.literal('embed'), texts: z.array(z.string()).readonly() });
const inspectCall = call.extend({ type: z.literal('inspect'), path: z.string() });

export const workerRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('load'), path: z.string(), name: z.string() }),
  completeCall,
  embedCall,
  inspectCall,
  call.extend({ type: z.literal('cancel') }),
]);
export type WorkerRequest = z.infer<typeof workerRequest>;
export type CompleteCall = z.infer<typeof completeCall>;
export type EmbedCall = z.infer<typeof embedCall>;
export type WorkerCall = CompleteCall | EmbedCall | z.infer<typeof inspectCall>;

const inspection = z.object({
  architecture: z.string(),
  title: z.string().nullable(),
  licence: z.string().nullable(),
  parameters: z.number().nullable(),
  contextTokens: z.number().nullable(),
  memoryBytes: z.number(),
});
/** What the header of a GGUF file says, and the memory that loading it takes. */
export type Inspection = z.infer<typeof inspection>;

const answer = z.object({
  output: z.string(),
  finishReason: z.enum(['stop', 'length']),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
  confidence: z.number().nullable(),
});
export type WorkerAnswer = z.infer<typeof answer>;

export const workerReport = z.discriminatedUnion('type', [
  call.extend({ type: z.literal('text'), text: z.string() }),
  call.extend({ type: z.literal('completed'), answer }),
  call.extend({ type: z.literal('embedded'), vectors: z.array(z.array(z.number())) }),
  call.extend({ type: z.literal('inspected'), inspection }),
  call.extend({
    type: z.literal('failed'),
    failure: z.object({ code: z.enum(failureCodes), message: z.string() }),
  }),
  call.extend({ type: z.literal('cancelled') }),
]);
export type WorkerReport = z.infer<typeof workerReport>;
