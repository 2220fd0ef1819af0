import { expect, it } from 'vitest';
import { intervalChart } from '../../../server/formats/html-report/chart.ts';

const nameOf = (name: string) =>
  intervalChart('Rates', [{ name, text: '', value: 0.5, interval: [0.4, 0.6] }], [0, 1], String).rows[0]?.name;

it('a name ends before the lines begin, also where its characters are wide', () => {
  expect(nameOf('holdout')).toBe('holdout');
  expect(nameOf('abcdefghijklmnopqrstuvwxyz')).toBe('abcdefghijklmnopqrstuvwxyz');
  expect(nameOf('abcdefghijklmnopqrstuvwxyz@1')).toBe('abcdefghijklmnopqrstuvwxy…');
  expect(nameOf('非常负面的带有讽刺意味标签')).toBe('非常负面的带有讽刺意味标签');
  expect(nameOf('非常负面的带有讽刺意味的长标签名称')).toBe('非常负面的带有讽刺意味的…');
});
