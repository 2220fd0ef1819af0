import { expect, it } from 'vitest';
import type { CommentSubject } from '../../server/domain/comment.ts';
import type { CommentId } from '../../server/domain/ids.ts';
import { emptyScope } from '../../server/domain/scope.ts';
import type { Opened } from './store-contract.ts';
import { answered, newCase, newRun, owner, seed, store } from './store-seed.ts';

export function commentContract(opened: Opened): void {
  const fill = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const [first, second] = seeded.cases;
    if (!first || !second) throw new Error('there are three cases');
    await store(stores, seeded, [answered(first, 'failed'), answered(second, 'passed')]);
    const [result, other] = (await stores.results.page(seeded.run.id)).map((judged) => judged.result.id);
    if (!result || !other) throw new Error('two results were stored');
    const say = (subject: CommentSubject, text = 'why?') =>
      stores.comments.add({ projectId: seeded.project.id, subject, text, author: 'Ada' });
    const atRun: CommentSubject = { kind: 'run', run: seeded.run.id };
    const atResult: CommentSubject = { kind: 'result', result };
    const atCase: CommentSubject = { kind: 'case', set: seeded.set.id, key: first.key };
    /** A further attempt at the first case. */
    const retry = async () => {
      const scoring = await stores.runs.scoring(seeded.run.id);
      await stores.results.add(seeded.run.id, owner, scoring.id, [answered(first, 'passed', { attempt: 2 })]);
      const judged = await stores.results.page(seeded.run.id);
      const newest = judged.find((one) => one.result.caseId === first.id)?.result.id;
      if (newest === undefined) throw new Error('it was stored');
      return newest;
    };
    return { ...seeded, stores, first, result, other, say, atRun, atResult, atCase, retry };
  };

  it('are kept with what they are about, in the order they were written', async () => {
    const { stores, project, say, atRun, atResult, atCase, other } = await fill();
    const texts = ['<b>one</b>\n\n  two', '什么？'];
    const first = await say(atRun, texts[0]);
    await say(atRun, texts[1]);
    expect(first).toEqual({
      id: first.id,
      projectId: project.id,
      subject: atRun,
      text: texts[0],
      author: 'Ada',
      createdAt: expect.any(String),
      editedAt: null,
      resolved: null,
    });
    const [result, ofCase] = [await say(atResult), await say(atCase)];
    expect((await stores.comments.of(atRun)).map(({ text }) => text)).toEqual(texts);
    expect(await stores.comments.of(atResult)).toEqual([result]);
    expect(await stores.comments.of(atCase)).toEqual([ofCase]);
    expect(await stores.comments.of({ kind: 'result', result: other })).toEqual([]);
    expect(await stores.comments.get(result.id)).toEqual(result);
  });

  it('are edited, settled, opened again and deleted', async () => {
    const { stores, say, atRun } = await fill();
    const { id } = await say(atRun);
    expect(await stores.comments.changeText(id, 'because')).toMatchObject({
      text: 'because',
      author: 'Ada',
      editedAt: expect.any(String),
    });
    expect(await stores.comments.resolve(id, 'Grace')).toMatchObject({
      resolved: { by: 'Grace', at: expect.any(String) },
    });
    expect(await stores.comments.resolve(id, '')).toMatchObject({ resolved: { by: '' } });
    expect(await stores.comments.resolve(id, null)).toMatchObject({ resolved: null, text: 'because' });
    expect(await stores.comments.delete(id)).toBe(true);
    expect(await stores.comments.delete(id)).toBe(false);
    expect(await stores.comments.get(id)).toBeNull();
    expect(await stores.comments.changeText(id, 'late')).toBeNull();
    expect(await stores.comments.resolve(id, 'late')).toBeNull();
    expect(await stores.comments.resolve(0 as CommentId, null)).toBeNull();
  });

  it('stay with a case that changes, and with a result that is asked for again', async () => {
    const { stores, set, first, say, atCase, atResult, retry, run } = await fill();
    const [ofCase, ofResult] = [await say(atCase), await say(atResult)];
    const about = { note: '', author: '' };
    const replaced = [newCase(first.key, { expected: 'negative' })];
    await stores.evalSets.change(set.id, 1, { added: [], replaced, removed: [] }, about);
    expect(await stores.comments.of(atCase)).toEqual([ofCase]);
    const newest = await retry();
    expect(newest).not.toBe(ofResult.subject.kind === 'result' && ofResult.subject.result);
    expect(await stores.comments.of({ kind: 'result', result: newest })).toEqual([ofResult]);
    expect(await stores.comments.countsOfResults(run.id)).toEqual([{ result: newest, comments: 2, open: 2 }]);
  });

  it('stay with a scope that is saved anew, and are no other project’s', async () => {
    const { stores, project, say } = await fill();
    const other = await stores.projects.create('Other');
    const first = await stores.projects.saveScope(project.id, emptyScope, '');
    const elsewhere = await stores.projects.saveScope(other.id, emptyScope, '');
    const comment = await say({ kind: 'scope', scope: first.id });
    expect(comment.subject).toEqual({ kind: 'scope', scope: first.id });
    const next = await stores.projects.saveScope(project.id, { ...emptyScope, users: 'Owners' }, '');
    expect(await stores.comments.of({ kind: 'scope', scope: next.id })).toEqual([comment]);
    expect(await stores.comments.of({ kind: 'scope', scope: elsewhere.id })).toEqual([]);
    expect(await stores.comments.countsOfRuns(project.id)).toEqual([]);
  });

  it('are counted by run, by result and by case, the open ones apart', async () => {
    const { stores, project, set, run, result, other, first, say, atRun, atResult, atCase, ...seeded } = await fill();
    const quiet = await stores.runs.create(newRun({ ...seeded, project, set }));
    expect(await stores.comments.countsOfRuns(project.id)).toEqual([]);
    const settled = await say(atRun);
    await stores.comments.resolve(settled.id, 'Ada');
    await say(atResult);
    await say({ kind: 'result', result: other });
    await say(atCase);
    expect(await stores.comments.countsOfRuns(project.id)).toEqual([{ run: run.id, comments: 3, open: 2 }]);
    expect(await stores.comments.countsOfResults(run.id)).toEqual([
      { result, comments: 2, open: 2 },
      { result: other, comments: 1, open: 1 },
    ]);
    expect(await stores.comments.countsOfResults(quiet.id)).toEqual([]);
    expect(await stores.comments.countsOfCases(set.id)).toEqual([{ key: first.key, comments: 1, open: 1 }]);
  });

  it('go with their run, which says so before; those at cases stay', async () => {
    const { stores, run, say, atRun, atResult, atCase } = await fill();
    const gone = [await say(atRun), await say(atResult)];
    const kept = await say(atCase);
    expect(await stores.keptRuns.goesWith(run.id)).toMatchObject({ results: 2, comments: 2 });
    await stores.runs.rest(run.id, owner, { status: 'completed', reason: '', wallMs: 1 });
    expect(await stores.keptRuns.delete(run.id, {}, 'Ada')).toBe(true);
    for (const { id } of gone) expect(await stores.comments.get(id)).toBeNull();
    expect(await stores.comments.of(atCase)).toEqual([kept]);
  });
}
