import { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { CompletionRequest } from '../domain/completion.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { FunctionTool } from '../domain/prompt.ts';

/** What a request can do without. `stream_options` asks for the usage of a streamed answer. */
const settings = [
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'seed',
  'stop',
  'response_format',
  'tools',
  'tool_choice',
  'stream_options',
] as const;
export type Setting = (typeof settings)[number];

export const isSetting = (name: string): name is Setting => settings.some((setting) => setting === name);

export type ChatBody = Omit<ChatCompletionCreateParamsNonStreaming, 'stream'>;

/** The body of a chat call, without the settings that the model refused before. */
export function chatBody(request: CompletionRequest, refused: ReadonlySet<Setting>, streamed: boolean): ChatBody {
  const { model, messages, parameters, responseFormat } = request;
  const { temperature, topP, maxTokens, seed, stop, tools, toolChoice } = parameters;
  const [limit, limited] = limitOf(maxTokens, refused);
  const wanted: Partial<ChatBody> = {
    temperature,
    top_p: topP,
    [limit]: limited,
    seed,
    stop: stop === undefined || stop.length === 0 ? undefined : [...stop],
    response_format: responseFormat.type === 'json' ? jsonFormat(responseFormat.schema) : undefined,
    tools: tools?.map(asTool),
    tool_choice: toolChoice,
    stream_options: streamed ? { include_usage: true } : undefined,
  };
  for (const setting of refused) delete wanted[setting];
  return { model, messages: [...messages], ...wanted };
}

const asTool = ({ type, function: { parameters, ...about } }: FunctionTool) => ({
  type,
  function: { ...about, ...(parameters !== undefined && { parameters: { ...parameters } }) },
});

/** The old name first: every server knows it but the newest models, which then say so. */
const limitOf = (maxTokens: number | undefined, refused: ReadonlySet<Setting>) =>
  refused.has('max_tokens') ? (['max_completion_tokens', maxTokens] as const) : (['max_tokens', maxTokens] as const);

/** What the person should know of a request that was sent without some of its settings. */
export function notesOn(request: CompletionRequest, refused: ReadonlySet<Setting>): string[] {
  const full = chatBody(request, new Set(), false);
  return settings
    .filter((setting) => refused.has(setting) && full[setting] !== undefined)
    .map((setting) => {
      if (setting === 'response_format')
        return 'response_format was left out: this server refuses it for this model. That the answer fits the schema is not enforced.';
      if (setting === 'max_tokens' && !refused.has('max_completion_tokens'))
        return 'max_tokens was sent as max_completion_tokens, as this model asks. It limits hidden reasoning as well.';
      return `${setting} was left out: this model refuses it.`;
    });
}

const refusalCodes = new Set(['unsupported_parameter', 'unsupported_value', 'unknown_parameter']);
const refusalWords =
  /unsupported|(not|n't) support|unrecognized|unknown|unexpected|not (permitted|allowed|available)|forbidden|unavailable|cannot find|only the default|deprecated/i;

/**
 * The setting that the server refuses, where the error says that it does and names one that was sent. OpenAI fills `param` and `code`;
 * of the others some say it in words only, such as `property 'seed' is unsupported`.
 */
export function refusedSetting(error: unknown, body: ChatBody): Setting | null {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const words = error.message;
  // The schema is the person's to mend.
  if (/invalid schema/i.test(words)) return null;
  if (!refusalCodes.has(error.code ?? '') && !refusalWords.test(words)) return null;
  const sent = settings.filter((setting) => body[setting] !== undefined);
  const named = sent.find((setting) => error.param?.split('.')[0] === setting);
  return named ?? sent.find((setting) => mention[setting].test(words)) ?? null;
}

/** `stop` and `seed` are words of any sentence: they count where they are quoted or follow a colon. */
const mention: Record<Setting, RegExp> = {
  temperature: /\btemperature\b/,
  top_p: /\btop_p\b/,
  max_tokens: /\bmax_tokens\b/,
  max_completion_tokens: /\bmax_completion_tokens\b/,
  seed: /["'`]seed\b|: seed\b/,
  stop: /["'`]stop\b|: stop\b/,
  tools: /["'`]tools\b|\btools? (use|call)|\bfunction calling\b|: tools\b/,
  tool_choice: /\btool_choice\b/,
  response_format: /\bresponse[_ ]format\b|\bjson_schema\b/,
  stream_options: /\bstream_options\b/,
};

function jsonFormat(schema: JsonObject): ChatBody['response_format'] {
  return { type: 'json_schema', json_schema: { name: 'answer', schema: { ...schema }, strict: isStrict(schema) } };
}

/** Strict output, which is enforced, is only had for schemas whose objects require all of their properties and allow no others. */
function isStrict(schema: JsonValue | undefined): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  if (isList(schema)) return schema.every(isStrict);
  if (!Object.values(schema).every(isStrict)) return false;
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null || isList(properties)) return schema.type !== 'object';
  const required = schema.required;
  return (
    schema.additionalProperties === false &&
    isList(required) &&
    Object.keys(properties).every((name) => required.includes(name))
  );
}

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);
