import OpenAI, { APIError } from 'openai';
import type { Completion, CompletionRequest } from '../domain/completion.ts';
import type { Connection } from '../domain/connection.ts';
import { keyFilter, maskSecrets } from '../domain/mask-secrets.ts';
import type { DataDestination } from '../domain/model.ts';
import type { StartedCall } from '../domain/request-pacer.ts';
import { estimateAllTokens } from '../domain/tokens.ts';
import { destinationOf } from './base-url.ts';
import { CallGate } from './call-gate.ts';
import { OpenAiBatches } from './openai-batches.ts';
import { type CallContext, callFailure, cutOff, unreadable, unusableKey } from './openai-failure.ts';
import {
  type Answer,
  chatChunk,
  chatReply,
  completionOf,
  embeddingList,
  errorReply,
  modelList,
  saidIn,
  ToolCallPieces,
} from './openai-reply.ts';
import { type ChatBody, chatBody, notesOn, refusedSetting, type Setting } from './openai-request.ts';
import type { CallOptions, CompleteOptions, Embeddings, Provider } from './provider.ts';
import { serverAllowances } from './rate-limit-headers.ts';
import { wholeFetch } from './whole-fetch.ts';

export type OpenAiOptions = {
  connection: Connection;
  baseUrl: URL;
  /** Null where there is none. */
  key: string | null;
  /** Its own unless said. */
  gate?: CallGate;
  /** Further values that no message may show. */
  secrets?: () => readonly string[];
  /** Longest wait for the beginning of a reply; the engine's own limit is usually shorter. */
  timeoutMs?: number;
};

/** A server that speaks OpenAI's chat completions, OpenAI's own or any other. */
export class OpenAiProvider implements Provider {
  readonly connection: string;
  readonly destination: DataDestination;
  readonly standIn = false;
  readonly gate: CallGate;
  readonly batches: OpenAiBatches;
  readonly #options: OpenAiOptions;
  readonly #client: OpenAI;
  /** For answers that come whole. */
  readonly #wholeClient: OpenAI;
  readonly #keys: readonly string[];
  /** By model: what it refused before, so that later calls don't pay for it again. */
  readonly #refused = new Map<string, ReadonlySet<Setting>>();

  constructor(options: OpenAiOptions) {
    this.connection = options.connection.slug;
    this.destination = destinationOf(options.baseUrl);
    this.gate = options.gate ?? new CallGate();
    this.#options = options;
    this.#client = createClient(options);
    this.#wholeClient = this.#client.withOptions({ fetch: wholeFetch });
    this.#keys = options.key === null ? [] : [options.key];
    this.batches = new OpenAiBatches({
      client: this.#client,
      keys: this.#keys,
      contextOf: (model) => this.#contextOf(model),
      guarded: (signal, context, call) => this.#guarded(signal, context, call),
      refused: (model) => this.#refused.get(model) ?? new Set(),
      remember: (model, refused) => this.#remember(model, refused),
    });
  }

  async models(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#allModels(signal)).filter((name) => !otherPurpose.test(name) && !embeds.test(name));
  }

  async embeddingModels(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#allModels(signal)).filter((name) => embeds.test(name) && !/rerank/i.test(name));
  }

  #allModels(signal: AbortSignal): Promise<readonly string[]> {
    const context = this.#contextOf(null);
    return this.#guarded(signal, context, async () => {
      const list = modelList.safeParse(await this.#client.get<unknown>('/models', { signal }));
      if (!list.success) throw unreadable(context, 'it is not a list of models', list.error);
      return [...new Set((list.data.data ?? []).map(({ id }) => id))].sort();
    });
  }

  async embed(model: string, texts: readonly string[], options: CallOptions): Promise<Embeddings> {
    const { signal } = options;
    const context = this.#contextOf(model);
    return this.#guarded(signal, context, async () => {
      const body = { model, input: [...texts], encoding_format: 'float' as const };
      // As it came: the package takes what it gets for what it asked for.
      const call = this.#wholeClient.post<unknown>('/embeddings', { body, signal }).withResponse();
      const { data, response } = await call.catch((error: unknown) => {
        this.#learnFrom(error, options);
        throw error;
      });
      this.#learn(response.headers, options);
      const received = embeddingList.safeParse(data);
      if (!received.success) throw unreadable(context, 'it is not a list of embeddings', received.error);
      const vectors = received.data.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      if (vectors.length !== texts.length)
        throw unreadable(context, 'it holds another number of embeddings than asked');
      const inputTokens = received.data.usage?.prompt_tokens ?? estimateAllTokens(texts);
      return { vectors: vectors.map(ofLengthOne), inputTokens };
    });
  }

  async complete(request: CompletionRequest, options: CompleteOptions): Promise<Completion> {
    const { signal, onText } = options;
    const context = this.#contextOf(request.model);
    const refused = new Set(this.#refused.get(request.model));
    // It ends: each round leaves out one more setting.
    for (;;) {
      const body = chatBody(request, refused, onText !== undefined);
      const answer = await this.#guarded(signal, context, () => this.#ask(body, options, context));
      if (typeof answer !== 'string') {
        this.#remember(request.model, refused);
        return completionOf(answer, request, notesOn(request, refused));
      }
      refused.add(answer);
    }
  }

  /** The answer, or the setting that the model refuses. */
  async #ask(body: ChatBody, options: CompleteOptions, context: CallContext) {
    const { onText, ...rest } = options;
    try {
      return await (onText === undefined
        ? this.#whole(body, rest, context)
        : this.#streamed(body, options.signal, onText, context));
    } catch (error) {
      this.#learnFrom(error, options);
      const setting = refusedSetting(error, body);
      if (setting === null) throw error;
      return setting;
    }
  }

  async #whole(body: ChatBody, options: CompleteOptions, context: CallContext): Promise<Answer> {
    const call = this.#wholeClient.chat.completions.create(body, { signal: options.signal });
    const { data: received, response }: { data: unknown; response: Response } = await call.withResponse();
    this.#learn(response.headers, options);
    const reply = chatReply.safeParse(received);
    if (!reply.success) {
      const { data } = errorReply.safeParse(received);
      throw data
        ? new APIError(undefined, data.error, undefined, undefined)
        : unreadable(context, 'it holds no answer');
    }
    const { model, choices, usage } = reply.data;
    const [{ message, finish_reason: finishReason }] = choices;
    return { ...saidIn(message, this.#keys), finishReason, usage, servedModel: model };
  }

  async #streamed(
    body: ChatBody,
    signal: AbortSignal,
    onText: (text: string) => void,
    context: CallContext,
  ): Promise<Answer> {
    const answer: Answer = { output: '', toolCalls: [], finishReason: null, usage: null, servedModel: null };
    const called = new ToolCallPieces();
    const filter = keyFilter(this.#keys);
    const emit = (text: string) => {
      answer.output += text;
      if (text !== '') onText(text);
    };
    let pieces = 0;
    for await (const piece of await this.#client.chat.completions.create({ ...body, stream: true }, { signal })) {
      const chunk = chatChunk.safeParse(piece);
      if (!chunk.success) throw unreadable(context, 'a piece of it is not one of an answer', chunk.error);
      const { model, choices, usage } = chunk.data;
      const choice = choices?.[0];
      called.add(choice?.delta?.tool_calls);
      emit(filter.push(choice?.delta?.content ?? choice?.delta?.refusal ?? ''));
      answer.finishReason ??= choice?.finish_reason;
      answer.usage = usage ?? answer.usage;
      answer.servedModel ??= model;
      pieces++;
    }
    // The package ends an aborted stream as if it were complete.
    signal.throwIfAborted();
    if (pieces === 0) throw unreadable(context, 'it is empty');
    if (!answer.finishReason) throw cutOff(context);
    emit(filter.end());
    return { ...answer, toolCalls: called.calls(this.#keys) };
  }

  async #guarded<Result>(signal: AbortSignal, context: CallContext, call: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    if (!this.#keys.every((key) => /^[\x21-\x7e]+$/.test(key))) throw unusableKey(context);
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      throw callFailure(error, context);
    }
  }

  #learnFrom(error: unknown, options: CallOptions) {
    if (error instanceof APIError && error.headers !== undefined) this.#learn(error.headers, options);
  }

  #learn(headers: Headers, { started = null }: { started?: StartedCall | null }) {
    const allowances = serverAllowances(headers);
    if (allowances !== null) this.gate.learn(allowances, started);
  }

  #remember(model: string, refused: ReadonlySet<Setting>) {
    if (refused.size > 0) this.#refused.set(model, new Set([...(this.#refused.get(model) ?? []), ...refused]));
  }

  #contextOf(model: string | null): CallContext {
    const { connection, baseUrl, key, secrets } = this.#options;
    const { name, keyVariable } = connection;
    const hidden = [connection.baseUrl, baseUrl.origin, baseUrl.host];
    const mask = (text: string) => maskSecrets(text, [...this.#keys, ...hidden, ...(secrets?.() ?? [])]);
    return { name, model, keyVariable, keyPresent: key !== null, mask };
  }
}

/** Retries are the engine's, which knows of the other calls. Nothing is taken from variables that are meant for OpenAI's own server. */
function createClient({ baseUrl, key, timeoutMs = 600_000 }: OpenAiOptions): OpenAI {
  return new OpenAI({
    baseURL: baseUrl.href,
    apiKey: key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    defaultHeaders: key === null ? { Authorization: null } : undefined,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    // A redirect could lead data that must stay on this machine away from it.
    fetchOptions: { redirect: 'manual' },
  });
}

function ofLengthOne(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? [...vector] : vector.map((value) => value / length);
}

/** Servers list all that they have, and do not say what it is for. */
const embeds = /embed|\bbge-|\bgte-|\be5-|minilm/i;
const otherPurpose =
  /whisper|\btts\b|dall-e|moderation|\bimage\b|realtime|audio|transcribe|\bsora\b|babbage|davinci|rerank/i;
