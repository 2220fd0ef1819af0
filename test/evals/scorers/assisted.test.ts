import path from 'node:path';
import { expect, it } from 'vitest';
import { groupedScorers } from '../../../evals/scorers/index.ts';
import { readJudgePrompts } from '../../../server/formats/judge-prompts.ts';
import { assistedScorerContract } from '../../contracts/assisted-scorer-contract.ts';

const prompts = await readJudgePrompts(path.join(import.meta.dirname, '../../../prompts/judges'));
/** An argument with which each asks for help. */
const args: Readonly<Record<string, string>> = {
  rubric: 'It names a city',
  factuality: '',
  'closed-qa': 'It names a city',
  preference: '',
  judge: 'tone',
  faithfulness: '',
  'answer-relevance': '',
  'context-precision': '',
  'context-recall': '',
  similarity: '0.8',
  javascript: 'output.length > 3',
  script: 'polite',
  'all-of': '["rubric:It is kind","javascript:output"]',
  'any-of': '["rubric:It is kind","javascript:output"]',
};
const assisted = groupedScorers.flatMap(({ scorer }) => (scorer.needs === undefined ? [] : [scorer]));

it('are all of those here', () => {
  expect(assisted.map(({ name }) => name).sort()).toEqual(Object.keys(args).sort());
});

for (const scorer of assisted) assistedScorerContract(scorer, args[scorer.name] ?? '', prompts);
