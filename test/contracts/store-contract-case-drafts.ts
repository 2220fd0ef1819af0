import { expect, it } from 'vitest';
import type { CaseDraftId, DraftingId } from '../../server/domain/ids.ts';
import type { Opened } from './store-contract.ts';

const draft = (review: string) => ({ variables: { review }, expected: 'positive', tags: ['short'], like: null });
const spent = (costUsd: number | null) => ({ inputTokens: 100, outputTokens: 20, costUsd });
const problem = { code: 'draft_label_unknown', values: { label: 'x' }, message: 'A case was left out.' };

export function caseDraftContract(opened: Opened): void {
  async function begin(name = 'Reviews') {
    const { projects, evalSets, caseDrafts } = opened().stores;
    const project = (await projects.find(name)) ?? (await projects.create(name));
    const set =
      (await evalSets.find(project.id, 'First')) ??
      (await evalSets.create(project.id, { name: 'First', notes: '', holdoutShare: 0.2 }));
    const about = { model: 'lab/small', prompt: 'case-drafts@1', wanted: 5, author: 'Ada', owner: 'here:1:a' };
    const drafting = await caseDrafts.begin({ projectId: project.id, evalSetId: set.id, ...about });
    return { project, set, drafting };
  }

  it('adds up what calls brought and cost', async () => {
    const { caseDrafts } = opened().stores;
    const { project, drafting } = await begin();
    expect(drafting).toMatchObject({ status: 'running', problems: [], inputTokens: 0, costUsd: 0, author: 'Ada' });
    const like = { kind: 'case' as const, text: 'Lovely soup' };
    await caseDrafts.add(drafting.id, {
      drafts: [draft('Fine'), { ...draft('Lovely'), like }],
      problems: [],
      ...spent(0.1),
    });
    await caseDrafts.add(drafting.id, { drafts: [], problems: [problem], ...spent(0.2) });
    await caseDrafts.end(drafting.id, 'completed');
    await caseDrafts.end(drafting.id, 'stopped');
    const stored = await caseDrafts.drafting(drafting.id);
    expect(stored).toMatchObject({ status: 'completed', problems: [problem], inputTokens: 200, outputTokens: 40 });
    expect(stored.costUsd).toBeCloseTo(0.3);
    expect(await caseDrafts.draftings(project.id)).toEqual([stored]);
    const drafts = await caseDrafts.open(project.id);
    expect(drafts).toMatchObject([
      {
        variables: { review: 'Fine' },
        expected: 'positive',
        tags: ['short'],
        like: null,
        state: 'open',
        decidedBy: null,
      },
      { variables: { review: 'Lovely' }, like },
    ]);
    // A call of no known price makes the whole unknown.
    await caseDrafts.add(drafting.id, { drafts: [], problems: [], ...spent(null) });
    await caseDrafts.add(drafting.id, { drafts: [], problems: [], ...spent(0.2) });
    expect((await caseDrafts.drafting(drafting.id)).costUsd).toBeNull();
  });

  it('decides on a draft once, and takes back only what was dropped', async () => {
    const { caseDrafts } = opened().stores;
    const { project, set, drafting } = await begin();
    await caseDrafts.add(drafting.id, { drafts: [draft('One'), draft('Two')], problems: [], ...spent(0) });
    const [one, two] = await caseDrafts.open(project.id);
    if (one === undefined || two === undefined) throw new Error('two drafts were expected');
    expect(await caseDrafts.decide(one.id, 'open', { state: 'dropped', author: 'Grace' })).toMatchObject({
      state: 'dropped',
      decidedBy: 'Grace',
      decidedAt: expect.any(String),
    });
    const again = caseDrafts.decide(one.id, 'open', { state: 'confirmed', author: 'Ada' });
    await expect(again).rejects.toMatchObject({ code: 'case_draft_decided', kind: 'conflict' });
    const taken = await caseDrafts.decide(one.id, 'dropped', { state: 'open', author: '' });
    expect(taken).toMatchObject({ state: 'open', decidedBy: null, decidedAt: null });
    await caseDrafts.decide(one.id, 'open', { state: 'confirmed', author: 'Ada' });
    const back = caseDrafts.decide(one.id, 'dropped', { state: 'open', author: '' });
    await expect(back).rejects.toMatchObject({ code: 'case_draft_decided' });
    expect(await caseDrafts.open(project.id)).toMatchObject([{ id: two.id }]);
    expect(await caseDrafts.counts(project.id)).toEqual(
      new Map([[drafting.id, { open: 1, confirmed: 1, dropped: 0 }]]),
    );
    expect((await caseDrafts.newestOf(set.id, 1)).map(({ id }) => id)).toEqual([two.id]);
  });

  it('keeps projects apart and says what is not there', async () => {
    const { caseDrafts } = opened().stores;
    await begin();
    const { project, drafting } = await begin('Mail');
    expect((await caseDrafts.draftings(project.id)).map(({ id }) => id)).toEqual([drafting.id]);
    expect(await caseDrafts.open(project.id)).toEqual([]);
    expect(await caseDrafts.counts(project.id)).toEqual(new Map());
    await expect(caseDrafts.drafting(99 as DraftingId)).rejects.toMatchObject({ code: 'drafting_missing' });
    await expect(caseDrafts.draft(99 as CaseDraftId)).rejects.toMatchObject({ code: 'case_draft_missing' });
  });
}
