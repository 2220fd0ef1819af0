import { expect, it } from 'vitest';
import type { ResultId } from '../../server/domain/ids.ts';
import { calibrationOf, type LabelledVerdict, standingOf } from '../../server/domain/judge-calibration.ts';

const judge = 'a1b2c3d4e5f60718';
const label = (result: number, verdict: boolean, passed: boolean, author = 'Ada'): LabelledVerdict => ({
  judge,
  resultId: result as ResultId,
  author,
  passed,
  note: '',
  verdict,
});
/** The worked example of the design: both pass 40, judge only 5, people only 3, both fail 12. */
const example = [
  ...Array.from({ length: 40 }, (_, at) => label(at, true, true)),
  ...Array.from({ length: 5 }, (_, at) => label(40 + at, true, false)),
  ...Array.from({ length: 3 }, (_, at) => label(45 + at, false, true)),
  ...Array.from({ length: 12 }, (_, at) => label(48 + at, false, false)),
];
const count = { scorer: 'rubric:kind', judge, passed: 80, n: 100 };

it('says how far the judge agrees with people, and on what they differ', () => {
  const { agreement, kappa, sensitivity, specificity, labels, disagreements } = calibrationOf(example);
  expect(labels).toBe(60);
  expect(agreement?.value).toBeCloseTo(52 / 60, 6);
  expect(kappa?.value).toBeCloseTo(0.659574, 6);
  expect(sensitivity?.value).toBeCloseTo(0.930233, 6);
  expect(specificity?.value).toBeCloseTo(0.705882, 6);
  expect(disagreements).toEqual([40, 41, 42, 43, 44, 45, 46, 47]);
});

it("corrects the judge's rate, and that of a negated scorer from the other side", () => {
  const calibration = calibrationOf(example);
  const { corrected } = standingOf(count, calibration);
  expect(corrected).toMatchObject({ correctable: true, rate: expect.closeTo(0.795269, 6) });
  const negated = standingOf({ ...count, scorer: '2*not:rubric:kind', passed: 20 }, calibration);
  if (!corrected.correctable || !negated.corrected.correctable) throw new Error('both can be corrected');
  expect(negated.corrected.rate).toBeCloseTo(1 - corrected.rate, 9);
  expect(negated.corrected.interval[0]).toBeCloseTo(1 - corrected.interval[1], 9);
});

it('gives no corrected rate without labels, or with too few of them', () => {
  const reason = (labels: LabelledVerdict[]) => standingOf(count, calibrationOf(labels)).corrected;
  expect(reason([])).toEqual({ correctable: false, reason: 'uncalibrated' });
  expect(reason(example.slice(11))).toEqual({ correctable: false, reason: 'too_few_labels' });
  expect(reason(example.slice(10))).toMatchObject({ correctable: true });
  expect(reason(Array.from({ length: 50 }, (_, at) => label(at, true, true)))).toEqual({
    correctable: false,
    reason: 'no_human_failures',
  });
});

it('goes by the majority of people, sets a draw aside, and says how often people agree', () => {
  const three = ['Ada', 'Grace', 'Lin'];
  const calibration = calibrationOf([
    ...three.map((author, at) => label(1, true, at !== 0, author)),
    ...three.map((author) => label(2, true, false, author)),
    ...[label(3, true, true, 'Ada'), label(3, true, false, 'Grace')],
    label(4, false, false, 'Lin'),
  ]);
  expect(calibration).toMatchObject({
    labels: 3,
    undecided: 1,
    people: three,
    disagreements: [2],
    table: { bothPass: 1, judgeOnly: 1, humanOnly: 0, bothFail: 1 },
    betweenPeople: { value: expect.closeTo(1 / 3, 9), n: 3 },
  });
  expect(calibrationOf([label(1, true, true)]).betweenPeople).toBeNull();
});
