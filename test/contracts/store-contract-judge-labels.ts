import { expect, it } from 'vitest';
import type { EvalCase } from '../../server/domain/evaluation-set.ts';
import type { Opened } from './store-contract.ts';
import { answered, failed, newRun, owner, seed, store } from './store-seed.ts';

const judge = 'a1b2c3d4e5f60718';
const models = { judgeModel: 'openai/judge', embeddingModel: null };

/** An answer that a judge passed or failed, or could not judge. */
function judged(item: Pick<EvalCase, 'id'>, verdict: boolean | null, more: { repeat?: number; scorer?: string } = {}) {
  const { repeat = 0, scorer = 'rubric:kind' } = more;
  const finished = answered(item, verdict ? 'passed' : 'failed', { repeat });
  const score = { scorer, judge, passed: verdict === true, answer: null, explanation: '' };
  const value = verdict === null ? null : Number(verdict);
  const scores = [
    { scorer: 'exact', value: 1, passed: true, answer: null, explanation: '' },
    { ...score, value, ...(verdict === null ? { failure: 'judge_unreadable' as const } : {}) },
  ];
  return { ...finished, judgement: { outcome: verdict ? ('passed' as const) : ('failed' as const), value: 1, scores } };
}

export function judgeLabelContract(opened: Opened): void {
  const fill = async (scorer?: string) => {
    const { stores } = opened();
    const seeded = await seed(stores, ['dev', 'dev', 'dev', 'dev']);
    const { project, cases } = seeded;
    const run = await stores.runs.create({
      ...newRun(seeded, { repeats: 2 }),
      settings: { ...newRun(seeded, { repeats: 2 }).settings, ...models },
    });
    const [a, b, c, d] = cases;
    if (!a || !b || !c || !d) throw new Error('there are four cases');
    await store(stores, { ...seeded, run }, [
      ...[judged(a, true, { scorer }), judged(b, false, { scorer }), judged(c, null, { scorer }), failed(d)],
      judged(a, true, { repeat: 1, scorer }),
    ]);
    const results = await stores.results.page(run.id);
    const [first, second, third] = results.map(({ result }) => result.id);
    if (!first || !second || !third) throw new Error('results were stored');
    const say = (resultId: typeof first, passed: boolean | null, author = 'Ada', note = '') =>
      stores.judgeLabels.add({ projectId: project.id, judge, resultId, passed, note, author });
    return { stores, project, run, say, first, second, third };
  };

  it('stand beside what the judge said; of one person on one output the newest counts', async () => {
    const { stores, project, say, first, second, third } = await fill();
    await say(first, true);
    await say(first, false, 'Ada', '<b>rude</b>');
    await say(first, true, 'Grace');
    await say(second, true, 'Grace');
    await say(second, null, 'Ada');
    await say(third, true);
    const label = (resultId: typeof first, author: string, passed: boolean, verdict: boolean, note = '') => ({
      judge,
      resultId,
      author,
      passed,
      note,
      verdict,
    });
    expect(await stores.judgeLabels.labelled(project.id, [judge, 'other'])).toEqual([
      label(first, 'Ada', false, true, '<b>rude</b>'),
      label(first, 'Grace', true, true),
      label(second, 'Grace', true, false),
    ]);
    expect(await stores.judgeLabels.labelled(project.id, ['other'])).toEqual([]);
    expect(await stores.judgeLabels.labelled(project.id, [])).toEqual([]);
    expect(await stores.judgeLabels.ofAuthor(project.id, judge, 'Ada')).toEqual(
      new Map([
        [first, { passed: false, note: '<b>rude</b>' }],
        [second, { passed: null, note: '' }],
        [third, { passed: true, note: '' }],
      ]),
    );
  });

  it("are on the criterion itself: a negated scorer's verdict is turned back", async () => {
    const { stores, project, say, first } = await fill('not:rubric:kind');
    await say(first, true);
    expect(await stores.judgeLabels.labelled(project.id, [judge])).toMatchObject([{ passed: true, verdict: false }]);
  });

  it('are drawn from the first replies to each case', async () => {
    const { stores, run, first, second, third } = await fill();
    expect(await stores.judgeLabels.drawable(run.id)).toEqual([first, second, third]);
  });

  it('count what a judge said of the first replies, where it could judge', async () => {
    const { stores, run } = await fill();
    const { judgeCounts } = await stores.runs.summary(run.id);
    expect(judgeCounts).toEqual([{ scorer: 'rubric:kind', judge, passed: 1, n: 2 }]);
  });

  it('go with their run', async () => {
    const { stores, project, run, say, first } = await fill();
    await say(first, true);
    await stores.runs.rest(run.id, owner, { status: 'completed', reason: '', wallMs: 1 });
    expect(await stores.keptRuns.delete(run.id, {}, 'Ada')).toBe(true);
    expect(await stores.judgeLabels.labelled(project.id, [judge])).toEqual([]);
  });
}
