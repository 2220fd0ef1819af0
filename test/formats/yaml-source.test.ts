import { expect, it } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../server/formats/yaml-source.ts';

const read = (text: string) =>
  readYaml({ fileName: 'a.yml', text }, z.looseObject({ note: z.string() }), 'prompt_invalid');

it('follows aliases', () => {
  expect(read('note: &said hello\nagain: *said')).toEqual({ note: 'hello', again: 'hello' });
});

it('says where an alias names nothing, as in a text that begins with an asterisk', () => {
  expect(() => read('other: x\nnote: *important*')).toThrow(
    expect.objectContaining({
      code: 'prompt_invalid',
      problems: [expect.objectContaining({ code: 'yaml_invalid', line: 2, column: 7 })],
    }),
  );
});

it('refuses aliases that stand for more than any memory holds', () => {
  const ten = (name: string) => `[${Array.from({ length: 10 }, () => name).join(', ')}]`;
  const text = `a: &a ${ten('x')}\nb: &b ${ten('*a')}\nc: &c ${ten('*b')}\nd: ${ten('*c')}\nnote: x`;
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'prompt_invalid' }));
});
