import { isJsonObject, type JsonObject, type JsonValue } from '../../../server/domain/json.ts';
import { type Score, type ScoredOutput, ScoringError } from '../../../server/domain/scorer.ts';
import { graded } from './least.ts';
import { judged, quote } from './score.ts';

/** A number, or what is not said to pass or fail, passes from here on. */
const PASSES_FROM = 0.5;

/** What a script is given. */
export const scriptInput = ({ output, expected, variables, messages, toolCalls = [] }: ScoredOutput): JsonObject => ({
  output,
  expected,
  variables,
  messages: messages.map(({ role, content }) => ({ role, content })),
  toolCalls: toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })),
});

/** Throws `ScoringError` where it can't be read. */
export function readScriptVerdict(made: JsonValue): Score {
  if (typeof made === 'boolean') return judged(made, String(made), `The script says ${made}.`);
  if (isShare(made)) return graded(made, PASSES_FROM, String(made), `The script gives ${made}.`);
  if (isJsonObject(made)) {
    const { passed, value, answer, explanation } = made;
    const said = typeof explanation === 'string' && explanation.trim() !== '' ? explanation.trim().slice(0, 400) : null;
    const read = typeof answer === 'string' ? answer : null;
    if (typeof passed === 'boolean') {
      const score = judged(passed, read, said ?? `The script says ${passed ? 'passed' : 'failed'}.`);
      return isShare(value) ? { ...score, value } : score;
    }
    if (isShare(value)) return graded(value, PASSES_FROM, read, said ?? `The script gives ${value}.`);
  }
  throw new ScoringError(
    'script_failed',
    `The script returned ${quote(JSON.stringify(made))}. Return true, false, a number from 0 to 1 or { passed, value, answer, explanation }.`,
  );
}

const isShare = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1;
