import express, { type Application, type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { FinishReason } from '../domain/completion.ts';
import { invalid } from '../domain/errors.ts';
import { type InvokeEvent, invokeRelease } from '../services/deploy/invoke-release.ts';
import { findReleasedModel, releasedModels, variablesOfChat } from '../services/deploy/released-model.ts';
import type { Workbench } from '../services/workbench.ts';
import { failureError, problemOf } from './errors.ts';
import { goneSignal } from './event-stream.ts';
import { logFailure } from './log-failure.ts';

const part = z.object({ type: z.string(), text: z.string().optional() });
const turn = z.object({
  role: z.string(),
  content: z
    .union([z.string(), z.array(part).transform((parts) => parts.map(({ text = '' }) => text).join('')), z.null()])
    .optional()
    .transform((content) => content ?? ''),
});
/** Of a chat request what is used here: parameters are those that were released. */
const chatRequest = z.object({
  model: z.string().min(1).max(300),
  messages: z.array(turn).max(2000).default([]),
  variables: z.record(z.string(), z.json()).optional(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
});
type ChatRequest = z.output<typeof chatRequest>;
type Done = Extract<InvokeEvent, { type: 'done' }>;

/**
 * Released prompts as models of OpenAI's chat interface (platform.openai.com/docs/api-reference/chat), so that any client of it works with them:
 * `project/prompt@label` is the model.
 */
export function bindOpenAiCompatible(app: Application, workbench: Workbench, log: Logger): void {
  app.get('/v1/models', async (_request: Request, response: Response) => {
    const data = (await releasedModels(workbench)).map(({ name, since }) => ({
      id: name,
      object: 'model',
      created: Math.floor(Date.parse(since) / 1000),
      owned_by: 'whetstone',
    }));
    response.json({ object: 'list', data });
  });
  app.post('/v1/chat/completions', express.json({ limit: '10mb' }), async (request: Request, response: Response) => {
    const asked = parseChat(request.body);
    const { project, reference } = await findReleasedModel(workbench, asked.model);
    const variables = await variablesOfChat(workbench, project, reference, asked);
    const events = await invokeRelease(workbench, project, reference, variables, goneSignal(response));
    await (asked.stream ? streamChat(events, asked, response) : answerChat(events, asked, response));
  });
  app.use('/v1', answerChatErrors(log, workbench));
}

function parseChat(body: unknown): ChatRequest {
  const parsed = chatRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    'request_invalid',
    `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not as it should be'}.`,
  );
}

async function answerChat(
  events: AsyncIterable<InvokeEvent>,
  { model }: ChatRequest,
  response: Response,
): Promise<void> {
  for await (const event of events) {
    if (event.type === 'error') throw failureError(event);
    if (event.type !== 'done') continue;
    const choice = { index: 0, message: { role: 'assistant', content: event.output, refusal: null }, logprobs: null };
    response.json({
      id: idOf(event),
      object: 'chat.completion',
      created: nowInSeconds(),
      model,
      choices: [{ ...choice, finish_reason: finishReasons[event.finishReason] }],
      usage: usageOf(event),
      whetstone: releaseOf(event),
    });
  }
}

/** Data-only server-sent events that end with `[DONE]`, as clients expect. */
async function streamChat(
  events: AsyncIterable<InvokeEvent>,
  { model, stream_options: wants }: ChatRequest,
  response: Response,
): Promise<void> {
  const about = {
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: 'chat.completion.chunk',
    created: nowInSeconds(),
    model,
  };
  const send = (data: object) => {
    if (!response.headersSent) response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write(`data: ${JSON.stringify(data)}\n\n`);
  };
  const chunk = (delta: object, finish: string | null = null) =>
    send({ ...about, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
  let begun = false;
  for await (const event of events) {
    // Before the first piece it can still be an ordinary answer, which clients know how to retry.
    if (event.type === 'error' && !begun) throw failureError(event);
    if (event.type === 'error') send(chatError(problemOf(failureError(event))));
    if (event.type === 'text') {
      chunk(begun ? { content: event.text } : { role: 'assistant', content: event.text });
      begun = true;
    }
    if (event.type === 'done') {
      if (!begun) chunk({ role: 'assistant', content: '' });
      chunk({}, finishReasons[event.finishReason]);
      if (wants?.include_usage) send({ ...about, choices: [], usage: usageOf(event), whetstone: releaseOf(event) });
      response.write('data: [DONE]\n\n');
    }
  }
  response.end();
}

const nowInSeconds = () => Math.floor(Date.now() / 1000);
const idOf = ({ observation }: Done) => `chatcmpl-${observation}`;
const usageOf = ({ inputTokens, outputTokens }: Done) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
});
const releaseOf = ({ release, version, model, observation, costUsd }: Done) => ({
  release,
  version,
  model,
  observation,
  costUsd,
});
const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  other: 'stop',
};

type Problem = ReturnType<typeof problemOf>;

const chatError = ({ status, code, message }: Problem) => ({
  error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error', param: null, code },
});

const answerChatErrors =
  (log: Logger, workbench: Workbench): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    const problem = problemOf(error);
    if (problem.code === 'internal_error') await logFailure(log, workbench, error, request);
    if (response.headersSent) return response.destroy();
    response.status(problem.status).json(chatError(problem));
  };
