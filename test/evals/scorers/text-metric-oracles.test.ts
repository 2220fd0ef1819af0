import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { rougeL } from '../../../evals/scorers/rouge-l.ts';
import { tokenF1 } from '../../../evals/scorers/token-f1.ts';
import { scored } from '../../contracts/scorer-contract.ts';

const pair = z.object({ expected: z.string(), output: z.string(), rougeL: z.number(), squadF1: z.number() });
const file = path.join(import.meta.dirname, '../../fixtures/text-metric-oracles.json');
const pairs = z.array(pair).parse(JSON.parse(readFileSync(file, 'utf8')));

it('ROUGE-L and F1 of words are those of rouge-score and of SQuAD’s script', () => {
  const [rouge, f1] = [rougeL.prepare('0.5'), tokenF1.prepare('0.5')];
  expect(pairs.length).toBeGreaterThan(40);
  for (const { expected, output, ...oracle } of pairs) {
    expect(rouge(scored(output, expected)).value, output).toBeCloseTo(oracle.rougeL, 12);
    expect(f1(scored(output, expected)).value, output).toBeCloseTo(oracle.squadF1, 12);
  }
});
