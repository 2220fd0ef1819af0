import { invalid } from '../../server/domain/errors.ts';
import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { readScriptVerdict, scriptInput } from './shared/script-verdict.ts';

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
  usesExpected: (args) => (/\bexpected\b/.test(args) ? 'needed' : null),
  prepare(args, tools) {
    const source = args.trim();
    if (source === '') {
      throw invalid(
        'scorer_argument_invalid',
        'The scorer javascript needs JavaScript, such as javascript:output.length < 200.',
      );
    }
    return async (scored, signal) => readScriptVerdict(await tools.runScript(source, scriptInput(scored), signal));
  },
};
