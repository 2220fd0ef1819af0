import { describe, expect, it } from 'vitest';
import type { AuditCase } from '../../../server/domain/audit/audit-sources.ts';
import { auditLabels } from '../../../server/domain/audit/label-audit.ts';
import type { CasePrediction } from '../../../server/domain/baseline/trained-baseline.ts';
import type { CaseId } from '../../../server/domain/ids.ts';

const nouns = ['soup', 'bread', 'fish', 'wine', 'waiter', 'terrace', 'coffee', 'salad', 'queue', 'dessert'];
/** Twenty dinners, whose words say the label; "good soup" is labelled as bad. */
const cases = nouns.flatMap((noun, index): AuditCase[] => [
  { id: (2 * index) as CaseId, key: `good ${noun}`, label: index === 0 ? 'bad' : 'good', text: `lovely ${noun}, good` },
  { id: (2 * index + 1) as CaseId, key: `bad ${noun}`, label: 'bad', text: `awful, my ${noun}s were bad` },
]);
const truth = (key: string) => (key.startsWith('good') ? 'good' : 'bad');
const predictions = cases.map(
  ({ id, key, label }): CasePrediction => ({ caseId: id, label, predicted: truth(key), probability: 0.999 }),
);
const votes = (answer: (item: AuditCase) => string) =>
  new Map<string, { agreement: number; answer: string | null }>(
    cases.map((item) => [item.key, { agreement: answer(item) === item.label ? 1 : -1, answer: answer(item) }]),
  );

describe('auditLabels', () => {
  it('puts the wrong label first and says why, what is against it first', () => {
    const { suspects, sources } = auditLabels(cases, predictions, [{ run: 7, votes: votes(({ key }) => truth(key)) }]);
    const [first] = suspects;
    expect(first).toMatchObject({ key: 'good soup', label: 'bad', suggestion: 'good' });
    expect(first?.doubt).toBeGreaterThan(0);
    expect(first?.evidence.map(({ source }) => source).sort()).toEqual(['classifier', 'neighbours', 'run']);
    expect(first?.evidence[0]?.doubt).toBeGreaterThan(0);
    expect(first?.evidence.every(({ said }) => said < 0)).toBe(true);
    expect(first?.evidence.find(({ source }) => source === 'run')).toMatchObject({ run: 7, label: 'good', said: -1 });
    expect(first?.doubt).toBeCloseTo(
      (first?.evidence ?? []).reduce((sum, { doubt }) => sum + doubt, 0),
      10,
    );
    expect(sources.find(({ source }) => source === 'run')).toMatchObject({ n: 20, right: 19 });
  });

  it('works with no classifier and no run', () => {
    const { suspects, sources } = auditLabels(cases, [], []);
    expect(suspects[0]).toMatchObject({ key: 'good soup', suggestion: 'good' });
    expect(sources.find(({ source }) => source === 'classifier')).toMatchObject({ n: 0, weight: 0 });
  });

  it('does not mind a run that is wrong more often than right', () => {
    const wrong = votes(({ key }) => (truth(key) === 'good' ? 'bad' : 'good'));
    const { sources, suspects } = auditLabels(cases, predictions, [{ run: 1, votes: wrong }]);
    expect(sources.find(({ source }) => source === 'run')).toMatchObject({ weight: 0 });
    expect(suspects[0]).toMatchObject({ key: 'good soup' });
  });

  it('doubts both of two near-duplicates with different labels, and names the other', () => {
    const text = 'The terrace is open until ten in the evening, they say';
    const pair: AuditCase[] = [
      { id: 100 as CaseId, key: 'x', label: 'good', text },
      { id: 101 as CaseId, key: 'y', label: 'bad', text: `${text}!` },
    ];
    const { suspects } = auditLabels([...cases, ...pair], [], []);
    expect(suspects.slice(0, 3).map(({ key }) => key)).toEqual(expect.arrayContaining(['x', 'y']));
    const evidence = suspects.find(({ key }) => key === 'x')?.evidence;
    expect(evidence?.find(({ source }) => source === 'near_duplicates')).toMatchObject({ keys: ['y'], label: 'bad' });
  });

  it('lists nothing where nothing speaks against a label, and survives an empty set', () => {
    const same = cases.filter(({ label }) => label === 'bad');
    expect(auditLabels(same, [], []).suspects).toEqual([]);
    expect(auditLabels([], [], []).suspects).toEqual([]);
  });

  it('lists a label that only an unreadable answer is against, without a suggestion', () => {
    const unreadable = votes(({ label }) => label).set('bad fish', { agreement: -1, answer: null });
    const { suspects } = auditLabels(cases.slice(1), predictions, [{ run: 1, votes: unreadable }]);
    expect(suspects.find(({ key }) => key === 'bad fish')).toMatchObject({ suggestion: null });
  });
});
