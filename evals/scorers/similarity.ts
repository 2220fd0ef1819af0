import { type AssistedScorer, ScoringError } from '../../server/domain/scorer.ts';
import { graded, readLeast } from './shared/least.ts';
import { emptyOutput, expectedText, nothingExpected } from './shared/score.ts';

/** Cosine of the embeddings of the output and the expected value; passes from the argument on. Which cosine means the same thing differs by model. */
export const similarity: AssistedScorer = {
  name: 'similarity',
  description:
    'How near the output is to the expected value in meaning: the cosine of their embeddings. Passes from the value named on.',
  argument: { needed: true, example: '0.8' },
  usesExpected: () => 'needed',
  needs: 'embedding_model',
  prepare(args, tools) {
    const least = readLeast('similarity', args);
    return async (scored, signal) => {
      const expected = expectedText(scored.expected);
      if (expected === null) return nothingExpected;
      if (scored.output.trim() === '') return emptyOutput;
      const { vectors, costUsd } = await tools.embed([scored.output, expected], signal);
      const [left, right] = vectors;
      if (left === undefined || right === undefined || left.length !== right.length) {
        throw new ScoringError('judge_failed', 'The embedding model gave no vectors that can be compared.', {
          costUsd,
        });
      }
      const cosine = left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
      const value = Math.min(1, Math.max(0, cosine));
      const shown = value.toFixed(3);
      return { ...graded(value, least, shown, `The similarity is ${shown}; ${args.trim()} or more passes.`), costUsd };
    };
  },
};
