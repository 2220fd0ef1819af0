import { invalid } from '../../server/domain/errors.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../server/domain/json.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { findJson } from './shared/find-json.ts';
import { judged, noAnswer, nothingExpected, quote } from './shared/score.ts';

type ToolCall = { name: string; arguments: JsonObject };

/**
 * The output calls the expected tools with the expected arguments, in any order. A call is `{"name": …, "arguments": {…}}`, OpenAI's `{"function": …}` or a list of
 * either, by itself, in a code fence or under `tool_calls`; arguments may be JSON in a text. The argument `name` leaves the calls' arguments aside. The expected value
 * is written alike; a bare text is the name of a tool.
 */
export const toolCall: PureScorer = {
  name: 'tool-call',
  description: 'The output calls the expected tools with the expected arguments; with "name" only the tools count.',
  argument: { needed: false, example: 'name' },
  usesExpected: () => 'needed',
  prepare(args) {
    const onlyName = args.trim() === 'name';
    if (args.trim() !== '' && !onlyName) {
      throw invalid('scorer_argument_invalid', `The scorer tool-call takes "name" or nothing, not "${args}".`);
    }
    return ({ output, expected, toolCalls = [] }) => {
      if (expected === null) return nothingExpected;
      const wanted = callsOf(typeof expected === 'string' ? (parseJson(expected) ?? expected) : expected);
      if (wanted === null)
        return noAnswer('The expected value is no tool call: write {"name": "…", "arguments": {…}}.');
      const json = toolCalls.length > 0 ? null : findJson(output);
      const calls = json === null ? callsOf([...toolCalls]) : json.found ? callsOf(json.value) : null;
      if (calls === null) {
        return noAnswer(
          json === null
            ? 'A tool was called with arguments that are no JSON object.'
            : 'The output holds no tool call.',
        );
      }
      const shown = (call: ToolCall) => (onlyName ? call.name : canonicalJson(call));
      const [given, asked] = [calls.map(shown).sort(), wanted.map(shown).sort()];
      const passed = given.length === asked.length && given.every((call, at) => call === asked[at]);
      const names = given.length === 0 ? 'nothing' : quote(given.join(', '));
      const explanation = passed
        ? `The output calls ${names}.`
        : `The output calls ${names}, expected ${quote(asked.join(', '))}.`;
      return judged(passed, canonicalJson(calls), explanation);
    };
  },
};

/** Null where the value is no call and no list of calls. */
function callsOf(value: JsonValue): ToolCall[] | null {
  if (typeof value === 'string') return /^[\w.-]{1,128}$/.test(value) ? [{ name: value, arguments: {} }] : null;
  if (Array.isArray(value)) {
    const calls = value.map(callOf);
    return calls.every((call) => call !== null) ? calls : null;
  }
  if (isJsonObject(value) && Array.isArray(value.tool_calls)) return callsOf(value.tool_calls);
  const call = callOf(value);
  return call === null ? null : [call];
}

function callOf(value: JsonValue): ToolCall | null {
  if (!isJsonObject(value)) return null;
  const { name, arguments: given = {} } = isJsonObject(value.function) ? value.function : value;
  const read = typeof given === 'string' ? parseJson(given) : given;
  return typeof name === 'string' && isJsonObject(read) ? { name, arguments: read } : null;
}
