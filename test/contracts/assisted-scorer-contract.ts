import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findScorer } from '../../evals/scorers/index.ts';
import { prepareScorer, scoreSafely } from '../../server/domain/combine-scores.ts';
import type { JsonValue } from '../../server/domain/json.ts';
import {
  type AssistedScorer,
  type JudgePrompt,
  type Score,
  type ScorerTools,
  ScoringError,
  scoringFailures,
} from '../../server/domain/scorer.ts';
import { noTools } from '../../server/services/evaluate/scorer-tools.ts';
import { scored } from './scorer-contract.ts';

/** What the helpers of a scorer answer: a judge's text, the vectors of an embedding model, what a script returns. */
type Helpers = { reply: string; vectors: readonly (readonly number[])[]; returned: JsonValue };

const helpers: fc.Arbitrary<Helpers> = fc.record({
  reply: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom(
      '',
      'pass',
      'pass or fail',
      '{"reasoning":"r","verdict":"pass"}',
      '{"verdict":',
      '[[[[',
      '{"items":[{"text":1}]}',
    ),
    fc
      .record({ reasoning: fc.string(), verdict: fc.string(), score: fc.double() })
      .map((reply) => JSON.stringify(reply)),
  ),
  vectors: fc.array(fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { maxLength: 3 }), { maxLength: 3 }),
  returned: fc.json().map(JSON.parse),
});

const given = scored('Paris', 'Paris, France', { variables: { contexts: ['Paris is in France.'] } });
const never = new AbortController().signal;

/** What every scorer with help keeps, whatever its helpers answer. `prompts` are the judge prompts that it may ask for. */
export function assistedScorerContract(scorer: AssistedScorer, args: string, prompts: readonly JudgePrompt[]): void {
  const toolsWith = ({ reply, vectors, returned }: Helpers): ScorerTools => ({
    scorer: findScorer,
    judgeModel: () => 'test/judge',
    judgePrompt: async (name) => prompts.find((prompt) => prompt.name === name) ?? own,
    askJudge: async (_, read) => read({ output: reply, costUsd: 0.5 }),
    embed: async () => ({ vectors, costUsd: 0.5 }),
    scorerFile: async () => 'output.length',
    runScript: async () => returned,
  });
  const scoreWith = (tools: ScorerTools) => {
    const prepared = prepareScorer(scorer, args, tools);
    return (signal = never) => scoreSafely(prepared, given, signal);
  };

  describe(`${scorer.name} keeps what scorers with help promise`, () => {
    it('describes itself, and reads its argument without help', () => {
      expect(scorer.description).toMatch(/^[A-Z].*\.$/);
      expect(() => scorer.prepare(args, noTools)).not.toThrow();
      if (scorer.argument) expect(() => scorer.prepare(scorer.argument?.example ?? '', noTools)).not.toThrow();
      if (scorer.argument?.needed) expect(() => scorer.prepare('', noTools)).toThrow(scorer.name);
    });

    it('gives a score or says why there is none, whatever its helper answers', async () => {
      await fc.assert(
        fc.asyncProperty(helpers, async (answers) => {
          const score = scoreWith(toolsWith(answers));
          const first = await score();
          expectAssisted(first);
          expect(await score()).toEqual(first);
        }),
      );
    });

    it('never passes and never fails an output where its helper can’t be had', async () => {
      const unable = () => Promise.reject(new ScoringError('judge_failed', 'The model is gone.'));
      const tools = toolsWith({ reply: '', vectors: [], returned: null });
      const score = scoreWith({ ...tools, askJudge: unable, embed: unable, runScript: unable, scorerFile: unable });
      const { value, passed, failure } = await score();
      expect({ value, passed }).toEqual({ value: null, passed: false });
      expect(failure).toBeDefined();
    });

    it('ends with the run', async () => {
      const ended = new AbortController();
      const reason = new Error('the run ended');
      const waits = async (): Promise<never> => {
        ended.signal.throwIfAborted();
        return new Promise((_, reject) => ended.signal.addEventListener('abort', () => reject(ended.signal.reason)));
      };
      const tools = toolsWith({ reply: '', vectors: [], returned: null });
      const scoring = scoreWith({ ...tools, askJudge: waits, embed: waits, runScript: waits })(ended.signal);
      ended.abort(reason);
      await expect(scoring).rejects.toBe(reason);
    });
  });
}

/** A judge prompt of the project. */
const own: JudgePrompt = {
  name: 'tone',
  version: 1,
  content: {
    messages: [{ role: 'user', content: 'Is it kind? {{output}}' }],
    parameters: {},
    responseFormat: { type: 'text' },
  },
};

function expectAssisted(score: Score): void {
  expect(score.explanation).not.toBe('');
  if (score.failure !== undefined) {
    expect(scoringFailures).toContain(score.failure);
    expect(score.failure).not.toBe('scorer_failed');
  }
  if (score.value === null) expect(score.passed).toBe(false);
  else {
    expect(score.value).toBeGreaterThanOrEqual(0);
    expect(score.value).toBeLessThanOrEqual(1);
    expect(score.failure).toBeUndefined();
  }
}
