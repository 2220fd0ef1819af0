import type OpenAI from 'openai';
import { APIError, NotFoundError } from 'openai';
import { z } from 'zod';
import { batchStatuses } from '../domain/batch.ts';
import type { CompletionRequest } from '../domain/completion.ts';
import { parseJson } from '../domain/json.ts';
import type { BatchAnswer, BatchLine, ProviderBatch, ProviderBatches } from './batches.ts';
import { type CallContext, callFailure, unreadable } from './openai-failure.ts';
import { chatReply, completionOf, saidIn } from './openai-reply.ts';
import { chatBody, isSetting, notesOn, refusedSetting, type Setting } from './openai-request.ts';
import { ProviderError } from './provider.ts';

/** What it shares with the calls that are answered at once. */
export type OpenAiLink = {
  client: OpenAI;
  keys: readonly string[];
  contextOf: (model: string | null) => CallContext;
  guarded: <Result>(signal: AbortSignal, context: CallContext, call: () => Promise<Result>) => Promise<Result>;
  refused: (model: string) => ReadonlySet<Setting>;
  remember: (model: string, refused: ReadonlySet<Setting>) => void;
};

const seconds = z.number().nullish();
/** What is read of a batch; servers add to it and leave parts out. */
const batch = z.object({
  id: z.string(),
  status: z.enum(batchStatuses).exclude(['submitting']),
  input_file_id: z.string().nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  expires_at: seconds,
  errors: z
    .object({ data: z.array(z.object({ code: z.string().nullish(), message: z.string().nullish() })).nullish() })
    .nullish()
    .catch(null),
  request_counts: z.object({ completed: z.number(), failed: z.number() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish().catch(null),
});
const batchList = z.object({ data: z.array(batch) });

/** A line of a file of answers, or of one of errors. */
const answerLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/** The name in a batch's metadata under which our own one stands. */
const markerKey = 'whetstone';
const rememberedMs = 300_000;
const offerWithinMs = 5000;
/** Newest first; what a crash left behind is among them. */
const searched = 100;

/** OpenAI's Batch API: a file of requests goes up, and within 24 hours files of answers and of errors come down. Other servers speak it too. */
export class OpenAiBatches implements ProviderBatches {
  /** OpenAI takes 200 MB; a file is built in memory. */
  readonly limits = { requests: 50_000, bytes: 16_000_000 };
  readonly #link: OpenAiLink;
  #offer: { at: number; answer: boolean } | null = null;

  constructor(link: OpenAiLink) {
    this.#link = link;
  }

  async offered(signal: AbortSignal): Promise<boolean | null> {
    if (this.#offer !== null && performance.now() - this.#offer.at < rememberedMs) return this.#offer.answer;
    try {
      const query = { limit: 1 };
      const within = AbortSignal.any([signal, AbortSignal.timeout(offerWithinMs)]);
      const list = await this.#link.client.get<unknown>('/batches', { query, signal: within });
      this.#offer = { at: performance.now(), answer: batchList.safeParse(list).success };
    } catch (error) {
      signal.throwIfAborted();
      // A server without batches has no such address; one that asks for another key, or is down, does not say.
      const status = error instanceof APIError ? error.status : undefined;
      if (status === undefined || ![400, 404, 405, 501].includes(status)) return null;
      this.#offer = { at: performance.now(), answer: false };
    }
    return this.#offer.answer;
  }

  leftOut(model: string): readonly string[] {
    return [...this.#link.refused(model)];
  }

  line(id: string, request: CompletionRequest): string {
    const body = chatBody(request, this.#link.refused(request.model), false);
    return `${JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body })}\n`;
  }

  submit(marker: string, lines: Blob, signal: AbortSignal): Promise<ProviderBatch> {
    const { client } = this.#link;
    return this.#guarded(signal, async () => {
      const file = new File([lines], `${marker}.jsonl`, { type: 'application/jsonl' });
      const { id } = await client.files.create({ file, purpose: 'batch' }, { signal });
      const body = {
        input_file_id: id,
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
        metadata: { [markerKey]: marker },
      };
      return this.#read(await client.post<unknown>('/batches', { body, signal }));
    });
  }

  find(marker: string, signal: AbortSignal): Promise<ProviderBatch | null> {
    return this.#guarded(signal, async () => {
      const list = await this.#link.client.get<unknown>('/batches', { query: { limit: searched }, signal });
      const context = this.#link.contextOf(null);
      const read = batchList.safeParse(list);
      if (!read.success) throw unreadable(context, 'it is not a list of batches', read.error);
      const found = read.data.data.find(({ metadata }) => metadata?.[markerKey] === marker);
      return found === undefined ? null : batchOf(found, context);
    });
  }

  status(id: string, signal: AbortSignal): Promise<ProviderBatch | null> {
    return this.#guarded(signal, async () => {
      try {
        return this.#read(await this.#link.client.get<unknown>(`/batches/${encodeURIComponent(id)}`, { signal }));
      } catch (error) {
        if (error instanceof NotFoundError) return null;
        throw error;
      }
    });
  }

  async cancel(id: string, signal: AbortSignal): Promise<void> {
    await this.#guarded(signal, () => this.#link.client.batches.cancel(id, { signal }));
  }

  async *answers({ outputs }: ProviderBatch, signal: AbortSignal): AsyncGenerator<BatchLine> {
    for (const output of outputs) {
      const context = this.#link.contextOf(null);
      const response = await this.#guarded(signal, () => this.#link.client.files.content(output, { signal }));
      try {
        for await (const text of linesOf(response)) {
          const line = parseLine(text);
          if (line !== null)
            yield { id: line.custom_id, read: (request, leftOut) => this.#answer(line, request, leftOut) };
        }
      } catch (error) {
        signal.throwIfAborted();
        throw callFailure(error, context);
      }
    }
  }

  async discard({ files }: ProviderBatch, signal: AbortSignal): Promise<void> {
    for (const file of files) await this.#guarded(signal, () => this.#link.client.files.delete(file, { signal }));
  }

  #answer(line: z.infer<typeof answerLine>, request: CompletionRequest, leftOut: readonly string[]): BatchAnswer {
    const context = this.#link.contextOf(request.model);
    const refused = new Set(leftOut.filter(isSetting));
    const { response, error } = line;
    if (!response) return unansweredOf(error?.code ?? '', context.mask(error?.message ?? ''));
    if (response.status_code !== 200) return this.#failed(response.status_code, response.body, request, refused);
    const reply = chatReply.safeParse(response.body);
    if (!reply.success) return failureOf(unreadable(context, 'it holds no answer', reply.error));
    const { model, choices, usage } = reply.data;
    const [{ message, finish_reason: finishReason }] = choices;
    const answer = { ...saidIn(message, this.#link.keys), finishReason, usage, servedModel: model };
    return { type: 'completion', completion: completionOf(answer, request, notesOn(request, refused)) };
  }

  #failed(status: number, body: unknown, request: CompletionRequest, refused: ReadonlySet<Setting>): BatchAnswer {
    const said = typeof body === 'object' && body !== null ? body : {};
    const error = APIError.generate(status, said, undefined, new Headers());
    const setting = refusedSetting(error, chatBody(request, refused, false));
    if (setting !== null) this.#link.remember(request.model, new Set([setting]));
    const failure = callFailure(error, this.#link.contextOf(request.model));
    if (!(failure instanceof ProviderError)) throw failure;
    const answer = failureOf(failure);
    // Asked again without what the model refuses.
    return setting === null ? answer : { ...answer, retryable: true };
  }

  #read(received: unknown): ProviderBatch {
    const context = this.#link.contextOf(null);
    const read = batch.safeParse(received);
    if (!read.success) throw unreadable(context, 'it is not a batch', read.error);
    return batchOf(read.data, context);
  }

  #guarded<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
    return this.#link.guarded(signal, this.#link.contextOf(null), call);
  }
}

function batchOf(read: z.infer<typeof batch>, context: CallContext): ProviderBatch {
  const { input_file_id: input, output_file_id: output, error_file_id: errors, expires_at: expires } = read;
  const named = (...files: (string | null | undefined)[]) => files.flatMap((file) => (file ? [file] : []));
  const [first] = read.errors?.data ?? [];
  const message = context.mask(first?.message ?? 'it gave no reason.');
  return {
    id: read.id,
    status: read.status,
    completed: read.request_counts?.completed ?? 0,
    failed: read.request_counts?.failed ?? 0,
    expiresAt: expires ? new Date(expires * 1000).toISOString() : null,
    failure: read.status === 'failed' ? { code: first?.code ?? '', message } : null,
    files: named(input, output, errors),
    outputs: named(output, errors),
  };
}

const failureOf = ({ failure, retryable }: ProviderError) => ({ type: 'failure' as const, failure, retryable });

/** A request that was never asked, or whose answer was lost. */
function unansweredOf(code: string, message: string): BatchAnswer {
  if (code === 'batch_cancelled') return { type: 'unanswered' };
  const failure =
    code === 'batch_expired'
      ? { code: 'timeout' as const, message: `The batch expired before this was asked. ${message}`.trim() }
      : { code: 'server_error' as const, message: `The batch brought no answer. ${message}`.trim() };
  return { type: 'failure', failure, retryable: true };
}

/** Null where the line can't be read: what it was an answer to counts as unanswered. */
const parseLine = (text: string): z.infer<typeof answerLine> | null =>
  answerLine.safeParse(parseJson(text)).data ?? null;

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) return;
  let rest = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}
