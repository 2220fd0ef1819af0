import { invalid } from '../../server/domain/errors.ts';
import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf, reasoningOf, verdictOf } from './shared/ask-judge.ts';
import { expectedText, nothingExpected } from './shared/score.ts';

/** The five relations of OpenAI's evals (`fact.yaml`), with the values that autoevals gives them. */
const values = { subset: 0.4, superset: 0.6, same: 1, disagreement: 0, irrelevant: 1 };
type Relation = keyof typeof values;
const isRelation = (text: string): text is Relation => Object.hasOwn(values, text);
const relations = Object.keys(values).filter(isRelation);
/** An answer that leaves out facts is not wrong, but not the reference either; one that adds some may be. */
const passing: readonly Relation[] = ['same', 'superset', 'irrelevant'];

/** A judge model says how the facts of the output stand to those of the expected value. The argument lists the relations that pass. */
export const factuality: AssistedScorer = {
  name: 'factuality',
  description:
    'A judge model says how the facts of the output stand to those of the expected answer: passes where none is missing or contradicted.',
  argument: { needed: false, example: 'same,superset,irrelevant' },
  needs: 'judge_model',
  prepare(args, tools) {
    const pass = args.trim() === '' ? passing : args.split(',').map((part) => readRelation(part.trim()));
    const ask = judgeWith(tools, 'factuality', 'expected');
    return async (scored, signal) => {
      const expected = expectedText(scored.expected);
      if (expected === null) return nothingExpected;
      const about = { expected, output: scored.output, question: questionOf(scored) };
      const reply = await ask(about, (given) => verdictOf(given, relations), signal);
      const { said: relation, costUsd, judge } = reply;
      const explanation = reasoningOf(reply);
      return {
        value: values[relation],
        passed: pass.includes(relation),
        answer: relation,
        explanation,
        costUsd,
        judge,
      };
    };
  },
};

function readRelation(text: string): Relation {
  if (isRelation(text)) return text;
  throw invalid(
    'scorer_argument_invalid',
    `"${text}" is nothing that the scorer factuality can say. Its argument lists what passes, of ${relations.join(', ')}.`,
  );
}
