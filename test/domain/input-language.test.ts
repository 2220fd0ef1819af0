import { expect, it } from 'vitest';
import { inputLanguage } from '../../server/domain/input-language.ts';

it.each([
  ['The soup was cold.', 'latin'],
  ['Le café était délicieux, très agréable.', 'latin'],
  ['这家餐厅的味道很好', 'zh'],
  ['在 Starbucks 点了 latte，味道不错，下次还会来', 'zh'],
  ['We had 小笼包 for lunch and it was fine', 'latin'],
  ['とても美味しかったです', 'other'],
  ['日本の味', 'other'],
  ['Вкусный суп', 'other'],
  ['맛있어요', 'other'],
  ['12345 !?', 'other'],
  ['', 'other'],
] as const)('%s is %s', (text, language) => {
  expect(inputLanguage(text)).toBe(language);
});

it('reads the beginning of a long text', () => {
  expect(inputLanguage('a'.repeat(600) + '好'.repeat(10_000))).toBe('latin');
});
