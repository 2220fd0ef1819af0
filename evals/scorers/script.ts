import { invalid } from '../../server/domain/errors.ts';
import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { readScorerFileReference } from '../../server/domain/scorer-file.ts';
import { readScriptVerdict, scriptInput } from './shared/script-verdict.ts';

/**
 * A scorer of one's own: `NAME.js` in the folder of scorers, a function that is exported as default, or what `javascript` takes. It is held at the text that it has
 * when a run begins, as `NAME@HASH`, so that a run that goes on is judged by the same.
 */
export const script: AssistedScorer = {
  name: 'script',
  description: 'A file of your own judges: NAME.js in the folder of scorers, run like javascript.',
  argument: { needed: true, example: 'polite' },
  needs: 'script',
  prepare(args, tools) {
    const reference = args.trim();
    if (readScorerFileReference(reference) === null) {
      throw invalid(
        'scorer_argument_invalid',
        `"${args}" names no scorer file. The scorer script needs the name of one, such as script:polite for polite.js in the folder of scorers.`,
      );
    }
    let source: Promise<string> | undefined;
    return async (scored, signal) => {
      source ??= tools.scorerFile(reference);
      return readScriptVerdict(await tools.runScript(await source, scriptInput(scored), signal));
    };
  },
};
