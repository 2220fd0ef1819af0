import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differences,
  fromDifference,
  type Piece,
  passage,
  shortened,
  withoutTurns,
} from '../../web/src/pages/runs/text-difference.ts';

const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');
const marked = (pieces: readonly Piece[]) => pieces.flatMap(({ text, differs }) => (differs ? [text] : []));

describe('differences of two texts', () => {
  it('marks what the other one lacks, by words', () => {
    const { a, b } = differences('The food was good', 'The food was bad');
    expect(marked(a)).toEqual(['good']);
    expect(marked(b)).toEqual(['bad']);
  });

  it('marks nothing where the texts are equal', () => {
    expect(marked(differences('same', 'same').a)).toEqual([]);
  });

  it('keeps both texts whole', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        const { a, b } = differences(first, second);
        expect(textOf(a)).toBe(first);
        expect(textOf(b)).toBe(second);
      }),
    );
  });

  it('does not compare texts that are too long to be read by their marks', () => {
    expect(marked(differences('a '.repeat(15_000), 'b '.repeat(15_000)).a)).toEqual([]);
  });
});

describe('the answer in an output', () => {
  it('is marked where it stands, whatever its case', () => {
    expect(passage('I think it is Positive.', 'positive')).toEqual([
      { text: 'I think it is ', differs: false },
      { text: 'Positive', differs: true },
      { text: '.', differs: false },
    ]);
  });

  it('is not marked where it is all there is, or not there in these words', () => {
    expect(passage(' positive ', 'positive')).toBeNull();
    expect(passage('It is fine.', 'positive')).toBeNull();
    expect(passage('It is fine.', '')).toBeNull();
  });
});

it('shortens pieces to a length and says that it did', () => {
  const pieces = [
    { text: 'abc', differs: false },
    { text: 'defg', differs: true },
    { text: 'h', differs: false },
  ];
  expect(shortened(pieces, 5)).toEqual([
    { text: 'abc', differs: false },
    { text: 'de…', differs: true },
  ]);
  expect(shortened(pieces, 100)).toEqual(pieces);
});

it('writes out what would turn a text round', () => {
  expect(withoutTurns('is \u202Eevitagen')).toBe('is ⟨U+202E⟩evitagen');
  expect(withoutTurns('普通 text')).toBe('普通 text');
});

describe('fromDifference', () => {
  const differing = { text: 'neutral', differs: true };
  it('begins shortly before what differs, where that is far in', () => {
    const lead = { text: `${'long '.repeat(30)}so `, differs: false };
    expect(fromDifference([lead, differing], 4)).toEqual([{ text: '… so ', differs: false }, differing]);
  });

  it('leaves what differs early, or nowhere, as it is', () => {
    const short = [{ text: 'I say ', differs: false }, differing];
    expect(fromDifference(short, 4)).toEqual(short);
    const alone = [{ text: 'long '.repeat(30), differs: false }];
    expect(fromDifference(alone, 4)).toEqual(alone);
    expect(fromDifference([], 4)).toEqual([]);
  });
});
