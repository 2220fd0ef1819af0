import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findScorer, scorers } from '../../../evals/scorers/index.ts';
import { scorerContract } from '../../contracts/scorer-contract.ts';

const argsOf: Readonly<Record<string, readonly string[]>> = {
  label: ['', 'positive,negative', '正面，负面'],
  exact: [''],
  contains: ['', 'a'],
  regex: ['(a+)+$', '/^(\\w+) *(?:,|$)/i', 'a'],
  'json-schema': ['', '{"type":"object","properties":{"a":{"type":"string","pattern":"(a+)+$"}}}'],
  'json-equal': ['', 'subset'],
  number: ['', '0.01', '1%'],
  'contains-all': ['', 'a, b', '["a","b"]'],
  'contains-any': ['', 'a, b'],
  'starts-with': ['', 'a'],
  'ends-with': ['', 'a'],
  'edit-distance': ['0.9', '50%'],
  'word-count': ['<=100', '>=1', '50-120', '3'],
  refusal: [''],
  'rouge-l': ['0.5'],
  'token-f1': ['0.5'],
  length: ['<=280'],
  'json-valid': [''],
  'field-f1': ['', '0.8'],
  'tool-call': ['', 'name'],
  cost: ['0.002'],
  latency: ['2s', '800ms'],
  tokens: ['<=200'],
  'finish-reason': ['', 'length'],
  javascript: ['true'],
  script: ['polite', 'polite@0123456789ab'],
  'all-of': ['["exact"]'],
  'any-of': ['["exact"]'],
  rubric: ['It is polite'],
  factuality: ['', 'same,subset'],
  'closed-qa': ['', 'It names Paris'],
  preference: ['', 'previous'],
  judge: ['tone', 'tone@2'],
  faithfulness: ['', 'passages,0.8'],
  'answer-relevance': ['', '0.8'],
  'context-precision': ['', '0.8'],
  'context-recall': ['', '0.8'],
  similarity: ['0.8'],
};

for (const scorer of Object.values(scorers)) {
  if (scorer.needs === undefined) scorerContract(scorer, argsOf[scorer.name] ?? ['']);
}

describe('the registry', () => {
  it('has one file a scorer, named like it', () => {
    const files = readdirSync(new URL('../../../evals/scorers/', import.meta.url))
      .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
      .map((file) => file.replace('.ts', ''));
    expect(Object.keys(scorers).sort()).toEqual(files.sort());
    expect(Object.keys(argsOf).sort()).toEqual(files.sort());
  });

  it('finds a scorer, and names those there are where it finds none', () => {
    expect(findScorer('label')).toBe(scorers.label);
    expect(() => findScorer('lable')).toThrow(/no scorer "lable".*label, exact, contains/);
    expect(() => findScorer('constructor')).toThrow(expect.objectContaining({ code: 'scorer_missing' }));
  });
});
