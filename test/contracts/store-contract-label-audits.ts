import { expect, it } from 'vitest';
import type { Opened } from './store-contract.ts';
import { answered, newCase, seed, store } from './store-seed.ts';

export function labelAuditContract(opened: Opened): void {
  const fill = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const [first, second] = seeded.cases;
    if (!first || !second) throw new Error('there are three cases');
    const change = async (base: number, more: object) => {
      const replaced = [{ ...first, ...more }];
      const about = { note: '', author: '' };
      return stores.evalSets.change(seeded.set.id, base, { added: [], replaced, removed: [] }, about);
    };
    return { ...seeded, stores, first, second, change };
  };

  it('settle a label until the case gives or expects something else', async () => {
    const { stores, setVersion, first, change } = await fill();
    expect(await stores.labelAudits.settledKeys(setVersion)).toEqual([]);
    await stores.labelAudits.add([]);
    await stores.labelAudits.add([{ caseId: first.id, before: 'neutral', note: '', author: 'Ada' }]);
    expect(await stores.labelAudits.settledKeys(setVersion)).toEqual([first.key]);
    const tagged = await change(1, { tags: ['other'] });
    expect(await stores.labelAudits.settledKeys(tagged)).toEqual([first.key]);
    expect(await stores.labelAudits.settledKeys(await change(2, { expected: 'neutral' }))).toEqual([]);
    expect(await stores.labelAudits.settledKeys(await change(3, { variables: { review: 'Other' } }))).toEqual([]);
    expect(await stores.labelAudits.settledKeys(setVersion)).toEqual([first.key]);
  });

  it('read what a run answered to the cases that a version still has, by place, key or change', async () => {
    const seeded = await fill();
    const { stores, run, setVersion, first, second, change } = seeded;
    await store(stores, seeded, [answered(first, 'passed'), answered(second, 'failed')]);
    const all = { after: -1, upTo: 1_000 };
    const before = await stores.labelAudits.answers(run.id, setVersion, all);
    expect(before).toMatchObject([
      { key: first.key, outcome: 'passed', expected: first.expected, variables: first.variables, changed: false },
      { key: second.key, outcome: 'failed', changed: false },
    ]);
    expect(await stores.labelAudits.answers(run.id, setVersion, { after: 1, upTo: 2 })).toEqual([before[1]]);
    expect(await stores.labelAudits.answers(run.id, setVersion, { keys: [second.key] })).toEqual([before[1]]);
    expect(await stores.labelAudits.answers(run.id, setVersion, 'changed')).toEqual([]);

    const relabelled = await change(1, { expected: 'neutral' });
    expect(await stores.labelAudits.answers(run.id, relabelled, 'changed')).toEqual([
      { ...before[0], expected: 'neutral', changed: true },
    ]);
    const rewritten = await change(2, newCase(first.key, { variables: { review: 'Other' } }));
    expect(await stores.labelAudits.answers(run.id, rewritten, all)).toMatchObject([{ key: second.key }]);
  });
}
