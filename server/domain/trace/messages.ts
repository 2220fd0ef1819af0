import { isJsonObject, isTooDeep, type JsonObject, type JsonValue, parseJson } from '../json.ts';
import type { ToolCall } from '../tool-call.ts';

/** One message that a model was given or gave, whichever convention it was reported by. */
export type TraceMessage = { role: string; content: string; toolCalls: readonly ToolCall[] };

/** A value that may have been written as JSON, since older attributes hold texts only. One that is nested beyond all use stays the text that it is. */
export function parsedJson(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || isTooDeep(value)) return value;
  return parseJson(value) ?? value;
}

/**
 * A list of messages: with parts (OpenTelemetry), with content as a text or in pieces (OpenAI, Anthropic, AI SDK), or wrapped (OpenInference). A text
 * alone is one message. Whatever is none of these is left out.
 */
export function messagesOf(value: JsonValue | undefined, role: string): TraceMessage[] {
  const read = parsedJson(value);
  if (read === undefined || read === null) return [];
  const listed = isJsonObject(read) && isList(read.messages) ? read.messages : read;
  return (isList(listed) ? listed : [listed]).flatMap((one) => messageOf(one, role) ?? []);
}

function messageOf(value: JsonValue, role: string): TraceMessage | null {
  if (typeof value === 'string') return { role, content: value, toolCalls: [] };
  if (!isJsonObject(value)) return null;
  const inner = isJsonObject(value.message) ? { ...value, ...value.message } : value;
  // A list of parts alone, as system instructions are.
  const isPart = inner.role === undefined && inner.type !== undefined;
  const pieces = isPart ? [inner] : piecesOf(inner);
  const read = pieces.map(pieceOf);
  const content = read.flatMap(({ text }) => (text === '' ? [] : [text])).join('\n');
  const toolCalls = [
    ...read.flatMap(({ call }) => call ?? []),
    ...asList(inner.tool_calls).flatMap((call) => toolCallOf(call) ?? []),
  ];
  return { role: typeof inner.role === 'string' ? inner.role : role, content, toolCalls };
}

const piecesOf = (message: JsonObject): readonly JsonValue[] =>
  [message.parts, message.content, message.contents]
    .map((pieces) => asList(parsedIfPieces(pieces)))
    .find((pieces) => pieces.length > 0) ?? [];

/** A text stays a text, even one that happens to be JSON, unless it is a list of typed pieces. */
function parsedIfPieces(value: JsonValue | undefined): JsonValue | undefined {
  const read = parsedJson(value);
  return isList(read) && read.every((piece) => isJsonObject(piece) && typeof piece.type === 'string') ? read : value;
}

type Piece = { text: string; call?: ToolCall };

function pieceOf(value: JsonValue): Piece {
  if (typeof value === 'string') return { text: value };
  if (!isJsonObject(value)) return { text: value === null ? '' : JSON.stringify(value) };
  if (isJsonObject(value.message_content)) return pieceOf(value.message_content);
  switch (value.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { text: textOf(value.content ?? value.text) };
    // What a model thinks is not what it answers.
    case 'reasoning':
    case 'thinking':
      return { text: '' };
    case 'tool_call':
    case 'tool-call':
    case 'tool_use': {
      const call = toolCallOf(value);
      return call === null ? { text: '' } : { text: '', call };
    }
    case 'tool_call_response':
    case 'tool-result':
    case 'tool_result':
      return { text: textOf(value.response ?? value.result ?? value.output ?? value.content) };
    default: {
      const kind = value.modality ?? value.mime_type ?? value.type;
      return { text: typeof kind === 'string' ? `[${kind}]` : JSON.stringify(value) };
    }
  }
}

function toolCallOf(value: JsonValue): ToolCall | null {
  if (!isJsonObject(value)) return null;
  if (isJsonObject(value.tool_call)) return toolCallOf(value.tool_call);
  const called = isJsonObject(value.function) ? value.function : value;
  const name = called.name ?? called.toolName;
  if (typeof name !== 'string') return null;
  const given = called.arguments ?? called.args ?? called.input ?? {};
  return { name, arguments: given === '' ? {} : (parsedJson(given) ?? {}) };
}

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const asList = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

const textOf = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
