import { describe, expect, it } from 'vitest';
import { readCostSearch } from '../../web/src/app/routes/cost-search.ts';
import { cheapestFirst, type PlannedModel, questionOf, resized } from '../../web/src/pages/costs/plan.ts';

const said = (search: Record<string, unknown>) => JSON.parse(JSON.stringify(readCostSearch(search)));

describe('the address of a cost plan', () => {
  it('gives what can be used of it, whatever a person typed there', () => {
    const whole = {
      from: 'run',
      run: 3,
      cached: 0.5,
      batch: 1,
      calls: 12,
      per: 'day',
      models: 'a/b',
      sort: '-perYear',
    };
    expect(said(whole)).toEqual(whole);
    expect(said({ from: 'x', in: -1, out: '7', cached: 2, batch: '', per: 'year', sort: 'reverse' })).toEqual({
      out: 7,
    });
    expect(said({ cached: 0 })).toEqual({ cached: 0 });
  });

  it('asks nothing while the run or the release is not said', () => {
    expect(questionOf({ from: 'run' }, 'p')).toBeNull();
    expect(questionOf({ from: 'release' }, 'p')).toBeNull();
    const asked = questionOf({ from: 'run', run: 3, models: 'a/b,c/d', sort: 'perCall' }, 'p');
    expect(asked).toEqual({ from: 'run', run: 3, models: ['a/b', 'c/d'], project: 'p' });
  });
});

it('the size of a call stays the same in words and in tokens', () => {
  expect(resized({ in: 300, out: 75 }, 'tokens')).toEqual({ from: 'tokens', in: 400, out: 100 });
  expect(resized({ from: 'tokens', in: 400, out: 100 }, 'words')).toEqual({ from: 'words', in: 300, out: 75 });
  expect(resized({}, 'tokens')).toEqual({ from: 'tokens', in: 400, out: 67 });
  expect(resized({ in: 300 }, 'run')).toEqual({ from: 'run' });
});

it('the cheapest come first, those without a price last', () => {
  const model = (reference: string, perCall: number | null): PlannedModel => ({
    reference,
    destination: 'network',
    answers: true,
    allowed: true,
    price: null,
    own: false,
    batchShare: null,
    aboveBudget: null,
    msPerMonth: null,
    cost: perCall === null ? null : { ...zero, perCall },
  });
  const sorted = cheapestFirst([model('d', null), model('c', 2), model('b', 1), model('a', 1)]);
  expect(sorted.map(({ reference }) => reference)).toEqual(['a', 'b', 'c', 'd']);
});
const zero = { perCall: 0, per1000: 0, perMonth: 0, perYear: 0, per1000Plain: 0, per1000Batch: 0 };
