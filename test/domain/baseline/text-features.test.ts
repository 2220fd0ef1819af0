import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textFeatures } from '../../../server/domain/baseline/text-features.ts';

it('reads words and pairs of neighbours, whatever their case and width', () => {
  expect(textFeatures('The soup, the SOUP!')).toEqual(['the', 'soup', '!', 'the soup', 'soup the', 'soup !']);
  expect(textFeatures("Ｉt isn't £5")).toEqual(['it', "isn't", '£', '5', "it isn't", "isn't £", '£ 5']);
});

it('reads runs of one to three characters where there are no spaces between words', () => {
  expect(textFeatures('很好吃！')).toEqual(['很', '很好', '很好吃', '好', '好吃', '吃', '!']);
  expect(textFeatures('这 pizza 好')).toEqual(['这', 'pizza', '好']);
});

it('names each feature once, and of nothing there are none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const features = textFeatures(text);
      expect(new Set(features).size).toBe(features.length);
      expect(textFeatures(text)).toEqual(features);
    }),
  );
  expect(textFeatures(' … ')).toEqual([]);
});
