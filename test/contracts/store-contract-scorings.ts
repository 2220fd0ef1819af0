import { expect, it } from 'vitest';
import type { ResultId, RunId } from '../../server/domain/ids.ts';
import { noScoringModels, type Scoring } from '../../server/domain/scoring.ts';
import type { Opened } from './store-contract.ts';
import { answered, leaseMs, owner, rescore, seed, store } from './store-seed.ts';

const holder = { owner: 'elsewhere:1:scorer', leaseMs };
const scoring: Scoring = {
  scorers: [{ name: 'contains', args: 'x', negate: false, weight: 1 }],
  threshold: 0.5,
  ...noScoringModels,
  judgeModel: 'openai/judge',
};
const rejected = { outcome: 'failed' as const, value: 0, scores: [] };

export function scoringContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const { run, cases } = seeded;
    await store(
      stores,
      seeded,
      cases.map((item) => answered(item, 'passed')),
    );
    await stores.runs.rest(run.id, owner, { status: 'completed', reason: '', wallMs: 1 });
    const ids = (await stores.results.page(run.id)).map(({ result }) => result.id);
    const outcomes = async () => (await stores.results.page(run.id)).map(({ judgement }) => judgement?.outcome);
    const last: ResultId | 0 = ids.at(-1) ?? 0;
    return { stores, scorings: stores.scorings, seeded, run: run.id, ids, last, outcomes };
  };

  it('keep a scoring as it comes, and let it count once it is whole', async () => {
    const { stores, scorings, run, ids, last, outcomes } = await start();
    const id = await scorings.begin(run, scoring, holder);
    const [first, ...others] = ids;
    if (first === undefined) throw new Error('there are three results');
    await scorings.add(id, holder.owner, [{ resultId: first, judgement: rejected }]);
    expect(await outcomes()).toEqual(['passed', 'passed', 'passed']);
    expect(await scorings.list(run)).toMatchObject([{ number: 1, counts: true }]);
    expect(await scorings.newestJob(run)).toMatchObject({
      number: 2,
      status: 'running',
      done: 1,
      total: 3,
      costUsd: 0,
    });
    expect(await scorings.lastJudged(id)).toBe(first);
    await scorings.add(
      id,
      holder.owner,
      others.map((resultId) => ({ resultId, judgement: rejected })),
    );
    expect(await stores.runs.summary(run)).toMatchObject({ passed: 3, failed: 0 });
    expect(await scorings.finish(id, holder.owner, run, first)).toBe('more');
    expect(await scorings.finish(id, holder.owner, run, last)).toBe('counts');
    expect(await outcomes()).toEqual(['failed', 'failed', 'failed']);
    expect(await stores.runs.summary(run)).toMatchObject({ passed: 0, failed: 3, inputTokens: 30 });
    expect(await stores.runs.scoring(run)).toMatchObject({ number: 2, ...scoring });
    expect(await stores.runs.get(run)).toMatchObject({ scorers: scoring.scorers });
    expect(await scorings.newestJob(run)).toMatchObject({ status: 'done', done: 3, endedAt: expect.any(String) });
    expect(await scorings.list(run)).toMatchObject([
      { number: 2, counts: true, ...scoring },
      { number: 1, counts: false },
    ]);
  });

  it('let one process score a run at a time, and another take up what one has left', async () => {
    const { scorings, run, ids } = await start();
    const id = await scorings.begin(run, scoring, holder);
    await expect(scorings.begin(run, scoring, holder)).rejects.toMatchObject({ code: 'run_being_scored' });
    await scorings.askToStop(id);
    expect(await scorings.renew(id, holder.owner, leaseMs)).toBe('stop');
    await scorings.rest(id, holder.owner, 'stopped');
    expect(await scorings.renew(id, holder.owner, leaseMs)).toBe('lost');
    const judged = ids.map((resultId) => ({ resultId, judgement: rejected }));
    await expect(scorings.add(id, holder.owner, judged)).rejects.toMatchObject({ code: 'scoring_lost' });
    expect(await scorings.newestJob(run)).toMatchObject({ status: 'stopped', done: 0 });
    await expect(scorings.takeUp(run, 9, holder)).rejects.toMatchObject({ code: 'scoring_missing' });
    expect(await scorings.takeUp(run, 2, { owner: 'gone', leaseMs: -1 })).toBe(id);
    expect(await scorings.newestJob(run)).toMatchObject({ status: 'interrupted' });
    expect(await scorings.takeUp(run, 2, holder)).toBe(id);
    expect(await scorings.renew(id, holder.owner, leaseMs)).toBeNull();
  });

  it('do not let a scoring count while its run goes on', async () => {
    const { stores, scorings, run, last } = await start();
    const id = await scorings.begin(run, scoring, holder);
    await stores.runs.claim(run, owner, leaseMs);
    expect(await scorings.finish(id, holder.owner, run, last)).toBe('executes');
    expect(await stores.runs.scoring(run)).toMatchObject({ number: 1 });
  });

  it('let an earlier one count again, unless answers came since', async () => {
    const { stores, scorings, seeded, run, ids, outcomes } = await start();
    await rescore(
      stores,
      run,
      scoring,
      ids.map((resultId) => ({ resultId, judgement: rejected })),
    );
    const marks = [await stores.caseOutcomes.mark(run)];
    const first = await scorings.get(run, 1);
    await scorings.count(run, first);
    marks.push(await stores.caseOutcomes.mark(run));
    expect(new Set(marks).size).toBe(2);
    expect(await outcomes()).toEqual(['passed', 'passed', 'passed']);
    expect(await stores.runs.summary(run)).toMatchObject({ passed: 3, failed: 0 });
    expect((await scorings.rates(run, (await scorings.get(run, 2)).id)).passRate).toBe(0);
    const [item] = seeded.cases;
    if (item === undefined) throw new Error('there are three cases');
    await store(stores, seeded, [answered(item, 'failed', { attempt: 2 })]);
    const second = await scorings.get(run, 2);
    await expect(scorings.count(run, second)).rejects.toMatchObject({ code: 'scoring_incomplete' });
    await expect(scorings.get(run, 3)).rejects.toMatchObject({ code: 'scoring_missing' });
  });

  it('say what two scorings say differently', async () => {
    const { stores, scorings, run, ids } = await start();
    const passes = { outcome: 'passed' as const, value: 1, scores: [] };
    await rescore(
      stores,
      run,
      scoring,
      ids.map((resultId, at) => ({ resultId, judgement: at === 0 ? rejected : passes })),
    );
    const [second, first] = await scorings.list(run);
    if (first === undefined || second === undefined) throw new Error('there are two scorings');
    expect(await scorings.difference(run, first.id, second.id)).toEqual({
      counts: [
        { from: 'passed', to: 'failed', count: 1 },
        { from: 'passed', to: 'passed', count: 2 },
      ],
      changed: [{ result: ids[0], caseKey: 'c1', from: 'passed', to: 'failed' }],
    });
    expect(await scorings.difference(0 as RunId, first.id, second.id)).toEqual({ counts: [], changed: [] });
  });
}
