import { expect, it } from 'vitest';
import type { ResultId } from '../../server/domain/ids.ts';
import type { Opened } from './store-contract.ts';
import { answered, failed, newRun, owner, seed, store } from './store-seed.ts';

export function categoryContract(opened: Opened): void {
  /** Two repeats of four cases: the first two fail in both, the third in one, the fourth is an error. */
  const fill = async () => {
    const { stores } = opened();
    const seeded = await seed(stores, ['dev', 'dev', 'dev', 'dev']);
    const run = await stores.runs.create(newRun(seeded, { repeats: 2 }));
    const [a, b, c, d] = seeded.cases;
    if (!a || !b || !c || !d) throw new Error('there are four cases');
    await store(stores, { ...seeded, run }, [
      ...[answered(a, 'failed'), answered(a, 'failed', { repeat: 1 })],
      ...[answered(b, 'failed'), answered(b, 'no_answer', { repeat: 1 })],
      ...[answered(c, 'failed'), answered(c, 'passed', { repeat: 1 }), failed(d), failed(d, { repeat: 1 })],
    ]);
    const results = (await stores.results.page(run.id)).map(({ result }) => result.id);
    const say = (result: ResultId | undefined, category: string, note = '') =>
      stores.reviews.add({ resultId: result ?? (0 as ResultId), category, note, verdict: 'failed', author: 'Ada' });
    const now = async () => {
      const reviews = await stores.reviews.ofRun(run.id);
      return results.flatMap((id) => reviews.get(id)?.category ?? []);
    };
    return { stores, project: seeded.project, run, results, say, now };
  };

  it('count the cases of each, a case with repeats once', async () => {
    const { stores, run, results, say } = await fill();
    await say(results[0], 'date');
    await say(results[1], 'date');
    await say(results[2], 'tone');
    await say(results[2], 'date');
    await say(results[5], 'passed, so that it counts for nothing');
    expect(await stores.categories.ofRun(run.id)).toEqual({
      cases: 3,
      categories: [
        { category: '', cases: 2, results: 2 },
        { category: 'date', cases: 2, results: 3 },
      ],
    });
    expect(await stores.categories.unsorted(run.id)).toEqual([results[3], results[4]]);
    expect(await stores.categories.sorted(run.id, { category: 'date' })).toEqual(results.slice(0, 3));
    expect(await stores.categories.sorted(run.id, { category: 'tone' })).toEqual([]);
    const find = (category: string) => stores.results.find(run.id, { outcome: 'failed', category, limit: 9 });
    expect((await find('')).map(({ result }) => result.id)).toEqual([results[4], results[3]]);
    expect((await find('date')).map(({ result }) => result.id)).toEqual(results.slice(0, 3));
  });

  it('are merged without rewriting a review, and undone', async () => {
    const { stores, project, run, results, say, now } = await fill();
    await say(results[0], 'dates', 'DD/MM');
    await say(results[1], 'date format');
    await say(results[2], 'tone');
    const merged = await stores.categories.rename(project.id, { from: ['dates', 'date format'], to: 'date' }, 'Grace');
    expect(merged).toMatchObject({
      content: { type: 'renamed', from: ['dates', 'date format'], to: 'date' },
      author: 'Grace',
      undone: null,
      standing: 2,
    });
    expect(await now()).toEqual(['date', 'date', 'tone']);
    const reviews = await stores.reviews.ofRun(run.id);
    expect(reviews.get(results[0] ?? (0 as ResultId))).toMatchObject({
      note: 'DD/MM',
      author: 'Ada',
      verdict: 'failed',
    });
    expect(await stores.categories.rename(project.id, { from: ['dates'], to: 'x' }, 'Grace')).toBeNull();

    const renamed = await stores.categories.rename(project.id, { from: ['date'], to: 'when' }, 'Grace');
    expect((await stores.categories.changes(project.id, 9)).map(({ id, standing }) => [id, standing])).toEqual([
      [renamed?.id, 2],
      [merged?.id, 0],
    ]);
    await say(results[1], 'tone');
    expect(await stores.categories.undo(project.id, renamed?.id ?? 0, 'Ada')).toBe(1);
    expect(await now()).toEqual(['date', 'tone', 'tone']);
    expect(await stores.categories.undo(project.id, merged?.id ?? 0, 'Ada')).toBe(1);
    expect(await now()).toEqual(['dates', 'tone', 'tone']);
    expect(await stores.categories.changes(project.id, 1)).toMatchObject([{ undone: { author: 'Ada' }, standing: 0 }]);
    const again = stores.categories.undo(project.id, merged?.id ?? 0, 'Ada');
    await expect(again).rejects.toMatchObject({ code: 'category_change_undone' });
    await expect(stores.categories.undo(project.id, 999, 'Ada')).rejects.toMatchObject({
      code: 'category_change_missing',
    });
  });

  it('are given to many results at once, with the notes that they have, and taken back', async () => {
    const { stores, project, run, results, say, now } = await fill();
    await say(results[0], '', 'DD/MM');
    const ids = results.slice(0, 3);
    const change = await stores.categories.sort(
      { project: project.id, run: run.id },
      [{ category: 'date', results: [...ids, 12_345 as ResultId] }],
      'Grace',
    );
    expect(change).toMatchObject({ standing: 3, author: 'Grace' });
    expect(await now()).toEqual(['date', 'date', 'date']);
    const first = async () => (await stores.reviews.ofRun(run.id)).get(results[0] ?? (0 as ResultId));
    expect(await first()).toMatchObject({ note: 'DD/MM', author: 'Grace' });
    const same = [{ category: 'date', results: ids }];
    expect(await stores.categories.sort({ project: project.id, run: run.id }, same, 'Grace')).toBeNull();
    expect(await stores.categories.undo(project.id, change?.id ?? 0, 'Grace')).toBe(3);
    expect(await now()).toEqual(['', '', '']);
    expect(await first()).toMatchObject({ note: 'DD/MM', author: 'Ada' });
  });

  it('go with their run', async () => {
    const { stores, project, run, results, say } = await fill();
    await say(results[0], 'dates');
    await stores.categories.rename(project.id, { from: ['dates'], to: 'date' }, '');
    await stores.runs.rest(run.id, owner, { status: 'completed', reason: '', wallMs: 1 });
    expect(await stores.keptRuns.delete(run.id, {}, 'Ada')).toBe(true);
    expect(await stores.categories.changes(project.id, 9)).toMatchObject([{ standing: 0 }]);
  });
}
