import { expect, it } from 'vitest';
import { noScoringModels } from '../../server/domain/scoring.ts';
import type { Opened } from './store-contract.ts';
import { answered, failed, newCase, newRun, rescore, type Seed, seed, store } from './store-seed.ts';

export function caseOutcomeContract(opened: Opened): void {
  /** A run of three cases with two repeats each: c1 passes, c2 fails at its second, c3 is an error at its first. */
  async function twoRepeats() {
    const { stores } = opened();
    const seeded = await seed(stores);
    const [c1, c2, c3] = seeded.cases;
    if (!c1 || !c2 || !c3) throw new Error('there are three cases');
    const said = { output: 'so' };
    await store(stores, seeded, [
      answered(c1, 'passed', { reply: said }),
      answered(c1, 'passed', { repeat: 1, reply: said }),
      answered(c2, 'passed', { reply: said }),
      answered(c2, 'no_answer', { repeat: 1, reply: { output: '不知道' } }),
      failed(c3),
      answered(c3, 'passed', { repeat: 1, reply: said }),
    ]);
    return { stores, seeded, cases: { c1, c2, c3 } };
  }

  const another = async (seeded: Seed): Promise<Seed> => ({
    ...seeded,
    run: await opened().stores.runs.create(newRun(seeded, { repeats: 2 })),
  });

  it('have what became of each repeat, and of the case the one that decides', async () => {
    const { stores, seeded } = await twoRepeats();
    const outcomes = await stores.caseOutcomes.ofRun(seeded.run.id, 'all');
    const about = [...outcomes].map(([key, { outcome, repeats }]) => [key, outcome, ...repeats].join(' '));
    expect(about).toEqual(['c1 passed passed passed', 'c2 no_answer passed failed', 'c3 error error passed']);
    const decides = await stores.results.get(outcomes.get('c2')?.resultId ?? expect.fail('c2 is there'));
    expect(decides.result.repeat).toBe(1);
    expect([...(await stores.caseOutcomes.ofRun(seeded.run.id, 'holdout')).keys()]).toEqual(['c3']);
  });

  it('stand beside those of other runs by the key of the case, also where a version of the set changed it', async () => {
    const { stores, seeded, cases } = await twoRepeats();
    const change = {
      added: [newCase('c4')],
      replaced: [newCase('c2', { variables: { review: 'New' } })],
      removed: ['c1'],
    };
    const setVersion = await stores.evalSets.change(seeded.set.id, 1, change, { note: '', author: '' });
    const [c2, c4] = (await stores.evalSets.cases(setVersion)).filter(({ key }) => key === 'c2' || key === 'c4');
    if (!c2 || !c4) throw new Error('there are two cases');
    expect(c2.id).not.toBe(cases.c2.id);
    const later = await another({ ...seeded, setVersion });
    await store(stores, later, [answered(c2, 'passed'), answered(cases.c3, 'failed'), answered(c4, 'passed')]);
    const { keys, runs } = await stores.caseOutcomes.ofRuns([seeded.run.id, later.run.id], 'all');
    const outcomes = keys.map((key, at) => [key, ...runs.map((run) => run[at]?.outcome ?? '–')].join(' '));
    expect(outcomes).toEqual(['c1 passed –', 'c2 no_answer passed', 'c3 error failed', 'c4 – passed']);
    expect((await stores.caseOutcomes.ofRuns([seeded.run.id, later.run.id], 'holdout')).keys).toEqual(['c3']);
  });

  it('have the same digest only where all repeats said the same and fared the same', async () => {
    const { stores, seeded, cases } = await twoRepeats();
    const second = await another(seeded);
    await store(stores, second, [
      answered(cases.c1, 'passed', { reply: { output: 'so' } }),
      answered(cases.c1, 'passed', { repeat: 1, reply: { output: 'so' } }),
      answered(cases.c2, 'passed', { reply: { output: '不知道' } }),
      answered(cases.c2, 'passed', { repeat: 1, reply: { output: 'so' } }),
      answered(cases.c3, 'passed', { reply: { output: '' } }),
    ]);
    const third = await another(seeded);
    await store(stores, third, [
      answered(cases.c1, 'passed', { reply: { output: 'so' } }),
      answered(cases.c1, 'failed', { repeat: 1, reply: { output: 'so' } }),
    ]);
    const digests = await Promise.all(
      [seeded, second, third].map(({ run }) => stores.caseOutcomes.answerDigests(run.id, 'all')),
    );
    const same = (key: string) => digests[0]?.get(key) === digests[1]?.get(key);
    expect([same('c1'), same('c2'), same('c3')]).toEqual([true, false, false]);
    expect(digests[2]?.get('c1')).not.toBe(digests[0]?.get('c1'));
  });

  it('count only the newest attempt and scoring, and their mark says when there is one', async () => {
    const { stores, seeded, cases } = await twoRepeats();
    const marks = [await stores.caseOutcomes.mark(seeded.run.id)];
    await store(stores, seeded, [answered(cases.c3, 'passed', { attempt: 2 })]);
    marks.push(await stores.caseOutcomes.mark(seeded.run.id));
    expect((await stores.caseOutcomes.ofRun(seeded.run.id, 'all')).get('c3')?.outcome).toBe('passed');
    await rescore(stores, seeded.run.id, { scorers: [], threshold: null, ...noScoringModels }, []);
    marks.push(await stores.caseOutcomes.mark(seeded.run.id));
    expect(new Set(marks).size).toBe(3);
    expect((await stores.caseOutcomes.ofRun(seeded.run.id, 'all')).get('c1')?.outcome).toBe('error');
  });
}
