import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseText } from '../../server/domain/evaluation-set.ts';
import { nearDuplicateGroups } from '../../server/domain/near-duplicates.ts';
import { readSetFolder } from '../../server/formats/set-folder.ts';

const set = await readSetFolder(path.join(import.meta.dirname, '../../evals/sets/restaurant-reviews'));
const inLanguage = (language: string) => set.cases.filter(({ tags }) => tags.includes(language));
const share = (cases: readonly unknown[]) => cases.length / set.cases.length;

describe('the sample set "Restaurant reviews"', () => {
  it('says what it is, under which licence, and how its labels were checked, in both languages', () => {
    expect(set).toMatchObject({ name: 'Restaurant reviews', licence: 'MIT', holdoutShare: 0.3 });
    expect(set.notes).toMatch(
      /by a language model that did not see the first ones: it agreed on all 198, with certainty on 197.*\s+en-108/,
    );
    expect(set.notes).toMatch(/语言模型在看不到原标签的情况下复核：198 条全部一致，其中 197 条确定，en-108/);
  });

  it('has at least 120 reviews in English and 60 in Chinese, and says so of each', () => {
    expect(inLanguage('en').length).toBeGreaterThanOrEqual(120);
    expect(inLanguage('zh').length).toBeGreaterThanOrEqual(60);
    expect(inLanguage('en').length + inLanguage('zh').length).toBe(set.cases.length);
    for (const { variables } of inLanguage('zh')) expect(variables.review).toMatch(/\p{Script=Han}{4}/u);
    for (const { variables } of inLanguage('en')) expect(variables.review).not.toMatch(/\p{Script=Han}/u);
  });

  it('has one review a case under an id of its own', () => {
    expect(new Set(set.cases.map(({ key }) => key)).size).toBe(set.cases.length);
    for (const { variables } of set.cases) expect(Object.keys(variables)).toEqual(['review']);
  });

  it.each(['en', 'zh'])('is balanced between positive and negative in %s', (language) => {
    const cases = inLanguage(language);
    const positive = cases.filter(({ expected }) => expected === 'positive');
    expect(cases.every(({ expected }) => expected === 'positive' || expected === 'negative')).toBe(true);
    expect(positive.length / cases.length).toBeGreaterThan(0.45);
    expect(positive.length / cases.length).toBeLessThan(0.55);
  });

  it.each(['negation', 'sarcasm', 'mixed', 'implied'])('is hard in places: %s, with both labels', (tag) => {
    const cases = set.cases.filter(({ tags }) => tags.includes(tag));
    expect(share(cases)).toBeGreaterThan(0.05);
    if (tag !== 'sarcasm') expect(new Set(cases.map(({ expected }) => expected)).size).toBe(2);
  });

  it('has both languages all along, so that its first cases are like its last', () => {
    for (let start = 0; start + 30 <= set.cases.length; start += 30) {
      const chinese = set.cases.slice(start, start + 30).filter(({ tags }) => tags.includes('zh'));
      expect(chinese).toHaveLength(10);
    }
  });

  it('has no near-duplicates', () => {
    const groups = nearDuplicateGroups(set.cases.map(({ variables }) => caseText(variables)));
    expect(groups).toEqual(set.cases.map((_, index) => index));
  });
});
