import { invalid } from '../../server/domain/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../server/domain/json.ts';
import { type AssistedScorer, type Score, type ScoredOutput, ScoringError } from '../../server/domain/scorer.ts';
import { graded } from './shared/least.ts';
import { judged, quote } from './shared/score.ts';

/** A number, or what is not said to pass or fail, passes from here on. */
const PASSES_FROM = 0.5;

/**
 * JavaScript judges the output: an expression, or statements with `return`, over `output`, `expected`, `variables` and `messages`. It returns true or false, a number
 * from 0 to 1, which passes from 0.5 on, or `{ passed, value, answer, explanation }` with at least one of the first two. It runs apart from this program and reaches
 * nothing else; what throws, takes longer than a second or more than 32 MB judges nothing.
 */
export const javascript: AssistedScorer = {
  name: 'javascript',
  description:
    'JavaScript judges: an expression, or statements that return true, false, a number from 0 to 1 or an object.',
  argument: { needed: true, example: 'output.length < 200 && output.includes(expected)' },
  needs: 'script',
  prepare(args, tools) {
    const source = args.trim();
    if (source === '') {
      throw invalid(
        'scorer_argument_invalid',
        'The scorer javascript needs JavaScript, such as javascript:output.length < 200.',
      );
    }
    return async (scored, signal) => readVerdict(await tools.runScript(source, inputOf(scored), signal));
  },
};

const inputOf = ({ output, expected, variables, messages }: ScoredOutput): JsonObject => ({
  ...{ output, expected, variables },
  messages: messages.map(({ role, content }) => ({ role, content })),
});

/** Throws `ScoringError` where it can't be read. */
function readVerdict(made: JsonValue): Score {
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
