import { describe, expect, it } from 'vitest';
import { noteTerms } from '../../server/domain/note-terms.ts';

const words = (note: string) => noteTerms(note).map(({ word }) => word);
const stems = (note: string) => noteTerms(note).map(({ stem }) => stem);

describe('noteTerms', () => {
  it('keeps the words that say what went wrong, in English and Chinese', () => {
    expect(words('The answer has the wrong Date format!')).toEqual(['wrong', 'date', 'format']);
    expect(words('日期的格式不对')).toEqual(['日期', '格式', '不对']);
    expect(words('ＪＳＯＮ 格式')).toEqual(['json', '格式']);
  });

  it('meets the forms of a word', () => {
    expect(new Set(stems('misses missed missing miss')).size).toBe(1);
    expect(new Set(stems('prices price pricing')).size).toBe(1);
    expect(new Set(stems('dates date')).size).toBe(1);
  });

  it('leaves short words whole', () => {
    expect(stems('bus red king')).toEqual(['bus', 'red', 'king']);
  });

  it.each(['', '  ', '!?', 'the answer is not', '👍'])('finds nothing in %j', (note) => {
    expect(noteTerms(note)).toEqual([]);
  });
});
