import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import type { Scope } from '../../../server/domain/scope.ts';
import {
  confirmDraft,
  draftingEstimate,
  dropDraft,
  listDrafts,
  reopenDraft,
  startDrafting,
  stopDrafting,
} from '../../../server/services/scope/draft-cases.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import type { CompatibleServerOptions } from '../../fixtures/compatible-server.ts';
import { scopeAsking } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
afterEach(() => test.close());

const drafted = (review: string, expected = 'positive', tags: string[] = ['short']) => ({
  fields: [{ name: 'input', value: review }],
  expected,
  tags,
});
const reply = (...cases: object[]) => JSON.stringify({ cases });
/** Sentences that share no passage. */
const sentences = [
  'Lovely soup and quick waiters',
  'Cold fries, never again',
  'A quiet corner for two in winter',
  'They lost our booking twice',
  'Best dumplings this side of town',
  'The music drowned every word we said',
  'Our children still talk of the cake',
];

async function open(options: CompatibleServerOptions, asked: Partial<Scope> = {}): Promise<Project> {
  test = await openTestWorkbench(options);
  const project = await test.workbench.stores.projects.create('Reviews');
  const scope = scopeAsking({ examples: [{ input: 'Great food', output: 'positive' }], ...asked });
  await test.workbench.stores.projects.saveScope(project.id, scope, 'Ada');
  return project;
}

const choice = { set: 'First cases', model: testModel, wanted: 2, author: 'Ada' };

/** Waits until a model was asked all that it is asked. */
async function ended(workbench: Workbench, project: Project) {
  for (;;) {
    const listed = await listDrafts(workbench, project);
    if (listed.draftings.every(({ status }) => status !== 'running')) return listed;
    await sleep(5);
  }
}

describe('drafting', () => {
  it('asks with the scope, in parts, and keeps what comes apart from the set', async () => {
    let part = 0;
    const project = await open({
      answer: () => reply(...sentences.slice(5 * part, 5 * ++part).map((sentence) => drafted(sentence))),
    });
    const begun = await startDrafting(test.workbench, project, { ...choice, wanted: 7 });
    expect(begun).toMatchObject({ status: 'running', set: 'first-cases', prompt: 'case-drafts@1', model: testModel });
    const { draftings, drafts } = await ended(test.workbench, project);
    expect(draftings).toMatchObject([
      { status: 'completed', counts: { open: 7, confirmed: 0, dropped: 0 }, problems: [] },
    ]);
    expect(drafts.map(({ variables }) => variables.input)).toEqual(sentences);
    expect(drafts[0]).toMatchObject({ expected: 'positive', tags: ['short'], state: 'open', like: null });
    const [first, second] = test.server.requests;
    expect(first?.content).toContain('Reviews pile up unread.');
    expect(first?.content).toContain('Great food');
    expect(first?.content).toContain('Write 5 new cases.');
    expect(second?.content).toContain(sentences[0]);
    expect(second?.content).toContain('Write 2 new cases.');
    const set = await test.workbench.stores.evalSets.find(project.id, 'First cases');
    expect(set && (await test.workbench.stores.evalSets.version(set.id, null))).toBeNull();
  });

  it('takes nothing that can not be read, names why, and asks again for what is missing', async () => {
    const replies = [
      reply(drafted('Fine', 'excellent'), { fields: [], expected: 'positive', tags: [] }),
      reply(drafted('Nice place', 'POSITIVE')),
      reply(drafted('Awful', 'negative', ['', 'x'.repeat(99), 'irony', 'irony'])),
    ];
    const project = await open({ answer: ({ index }) => replies[index] ?? 'I am sorry.' });
    await startDrafting(test.workbench, project, choice);
    const { draftings, drafts } = await ended(test.workbench, project);
    expect(drafts).toMatchObject([
      { variables: { input: 'Nice place' }, expected: 'positive' },
      { variables: { input: 'Awful' }, expected: 'negative', tags: ['irony'] },
    ]);
    expect(draftings[0]).toMatchObject({
      status: 'completed',
      problems: [
        { code: 'draft_label_unknown', values: { label: 'excellent' } },
        { code: 'draft_field_missing', values: { field: 'input' } },
      ],
    });
  });

  it('gives up on a model that writes no cases, with its words', async () => {
    const project = await open({ answer: () => 'Here are <b>two</b> cases: good, bad' });
    await startDrafting(test.workbench, project, choice);
    const { draftings, drafts } = await ended(test.workbench, project);
    expect(drafts).toEqual([]);
    expect(draftings[0]).toMatchObject({ status: 'failed', counts: { open: 0 } });
    expect(draftings[0]?.problems).toHaveLength(2);
    expect(draftings[0]?.problems[0]).toMatchObject({
      code: 'draft_reply_unreadable',
      values: { reply: 'Here are <b>two</b> cases: good, bad' },
    });
    expect(test.server.count).toBe(2);
  });

  it('says why a model gave no reply, and keeps what came before', async () => {
    const project = await open({
      answer: () => reply(...sentences.slice(0, 5).map((sentence) => drafted(sentence))),
      faults: { perRequest: ({ index }) => (index === 0 ? null : 'brokenJson') },
    });
    await startDrafting(test.workbench, project, { ...choice, wanted: 6 });
    const { draftings, drafts } = await ended(test.workbench, project);
    expect(drafts).toHaveLength(5);
    expect(draftings[0]).toMatchObject({ status: 'failed', problems: [{ code: 'unreadable_reply' }] });
  }, 90_000);

  it('ends at once when it is stopped, and shows as interrupted when its process ended', async () => {
    const project = await open({ delayMs: 60_000 });
    const { id } = await startDrafting(test.workbench, project, choice);
    await stopDrafting(test.workbench, id);
    expect((await listDrafts(test.workbench, project)).draftings).toMatchObject([{ id, status: 'stopped' }]);
    await startDrafting(test.workbench, project, choice);
    const reopened = await test.reopen();
    expect((await listDrafts(reopened, project)).draftings.map(({ status }) => status)).toEqual([
      'interrupted',
      'stopped',
    ]);
  });

  it('shows in another process as it stands, and can be stopped from there', async () => {
    const answered = Promise.withResolvers<void>();
    const project = await open({ answer: () => reply(drafted('Lovely soup')), delayMs: 300 });
    const { caseDrafts } = test.workbench.stores;
    const add = caseDrafts.add.bind(caseDrafts);
    vi.spyOn(caseDrafts, 'add').mockImplementation(async (...given) => {
      await add(...given);
      answered.resolve();
    });
    await startDrafting(test.workbench, project, { ...choice, wanted: 7 });
    const another = await test.openAnother();
    const [drafting] = (await listDrafts(another, project)).draftings;
    expect(drafting).toMatchObject({ status: 'running' });
    if (drafting === undefined) throw new Error('it was begun');
    await stopDrafting(another, drafting.id);
    for (const workbench of [another, test.workbench])
      expect((await listDrafts(workbench, project)).draftings[0]).toMatchObject({ status: 'stopped' });
    await answered.promise;
    await test.reopen();
    expect(test.server.count).toBe(1);
  });

  it('ends as interrupted, and nothing else with it, where not even its failure can be stored', async () => {
    const project = await open({ answer: () => reply(drafted('One and only')) });
    vi.spyOn(test.workbench.stores.caseDrafts, 'add').mockRejectedValue(new Error('the disk is full'));
    await startDrafting(test.workbench, project, choice);
    expect((await ended(test.workbench, project)).draftings).toMatchObject([
      { status: 'interrupted', problems: [{ code: 'draft_failed', message: 'the disk is full' }] },
    ]);
  });

  it('marks what is nearly the same as a case, an example or another draft', async () => {
    const project = await open({
      answer: () => reply(drafted('great  FOOD!'), drafted('Lovely soup'), drafted('Slow'), drafted('slow.')),
    });
    const { evalSets } = test.workbench.stores;
    const set = { name: 'First cases', notes: '', holdoutShare: 0.2 };
    const present = { key: 'a', variables: { input: 'Lovely soup' }, expected: 'positive', tags: [], source: 'edit' };
    await evalSets.createWithCases(project.id, set, [{ ...present, split: 'holdout' }], { note: '', author: '' });
    await startDrafting(test.workbench, project, { ...choice, wanted: 4 });
    const { drafts } = await ended(test.workbench, project);
    expect(drafts.map(({ like }) => like)).toEqual([
      { kind: 'example', text: 'Great food' },
      { kind: 'case', text: 'Lovely soup' },
      null,
      { kind: 'draft', text: 'Slow' },
    ]);
    // Nothing of a holdout case is sent anywhere.
    expect(test.server.requests.map(({ content }) => content).join()).not.toContain('Lovely soup');
  });
});

describe('what is refused before anything is asked or stored', () => {
  const refusal = async (project: Project, part: Partial<typeof choice>) => {
    const error = await startDrafting(test.workbench, project, { ...choice, ...part }).catch(
      (reason: unknown) => reason,
    );
    expect((await listDrafts(test.workbench, project)).draftings).toEqual([]);
    expect(await test.workbench.stores.evalSets.list(project.id)).toEqual([]);
    expect(test.server.count).toBe(0);
    return error;
  };

  it('is a model elsewhere where data may not leave, a stand-in, a set without a name, a project without a scope', async () => {
    const project = await open({ answer: () => reply(drafted('Fine')) }, { dataMayLeave: false });
    const elsewhere = { name: 'Elsewhere', baseUrl: 'https://models.example/v1', keyVariable: null };
    await test.workbench.stores.connections.add({ slug: 'elsewhere', ...elsewhere });
    expect(await refusal(project, { model: 'elsewhere/large' })).toMatchObject({ code: 'data_may_not_leave' });
    expect(await refusal(project, { model: 'builtin/lexicon' })).toMatchObject({ code: 'stand_in_drafts_nothing' });
    expect(await refusal(project, { set: '!!' })).toMatchObject({ code: 'eval_set_name_invalid' });
    const bare = await test.workbench.stores.projects.create('Bare');
    expect(await refusal(bare, {})).toMatchObject({ code: 'scope_not_written' });
  });
});

it('says before what it would cost, and after what it did', async () => {
  const project = await open({
    models: ['gpt-5-mini'],
    answer: () => ({
      content: reply(drafted('One'), drafted('Two')),
      usage: { promptTokens: 1000, completionTokens: 100 },
    }),
  });
  const priced = { ...choice, model: 'openai/gpt-5-mini' };
  const estimate = await draftingEstimate(test.workbench, project, { ...priced, wanted: 12 });
  expect(estimate).toMatchObject({ calls: 3 });
  expect(estimate.inputTokens).toBeGreaterThan(3 * 200);
  expect(estimate.costUsd).toBeGreaterThan(0);
  const twice = await draftingEstimate(test.workbench, project, { ...priced, wanted: 24 });
  expect(twice.outputTokens).toBe(2 * estimate.outputTokens);
  await startDrafting(test.workbench, project, priced);
  const { draftings } = await ended(test.workbench, project);
  const price = (await test.workbench.prices.table()).prices['openai/gpt-5-mini'];
  expect(draftings[0]).toMatchObject({ inputTokens: 1000, outputTokens: 100 });
  expect(draftings[0]?.costUsd).toBeCloseTo((1000 * (price?.input ?? 0) + 100 * (price?.output ?? 0)) / 1e6, 12);
});

describe('a person', () => {
  async function withDrafts() {
    const project = await open({ answer: () => reply(drafted('One and only'), drafted('Two of them', 'negative')) });
    await startDrafting(test.workbench, project, choice);
    const [one, two] = (await ended(test.workbench, project)).drafts;
    if (one === undefined || two === undefined) throw new Error('two drafts were expected');
    return { project, one, two };
  }
  const casesOf = async (project: Project) => {
    const set = await test.workbench.stores.evalSets.find(project.id, 'First cases');
    const version = set && (await test.workbench.stores.evalSets.version(set.id, null));
    return version === null ? [] : test.workbench.stores.evalSets.cases(version);
  };

  it('confirms a draft as they changed it; only then it is a case, on dev, with where it came from', async () => {
    const { project, one } = await withDrafts();
    expect(await casesOf(project)).toEqual([]);
    const changed = {
      variables: { input: 'One, mended' },
      expected: 'negative',
      tags: ['mended'],
      split: 'dev' as const,
    };
    await confirmDraft(test.workbench, one.id, { case: changed, author: 'Grace' });
    expect(await casesOf(project)).toMatchObject([{ ...changed, source: 'drafted', key: `drafted-${one.id}` }]);
    const set = await test.workbench.stores.evalSets.find(project.id, 'First cases');
    const version = set && (await test.workbench.stores.evalSets.version(set.id, null));
    expect(version).toMatchObject({ author: 'Grace', note: `Drafted by ${testModel}, confirmed by a person` });
    const { draftings, drafts } = await listDrafts(test.workbench, project);
    expect(draftings[0]?.counts).toEqual({ open: 1, confirmed: 1, dropped: 0 });
    expect(drafts).toHaveLength(1);
    const again = confirmDraft(test.workbench, one.id, { case: changed, author: 'Ada' });
    await expect(again).rejects.toMatchObject({ code: 'case_draft_decided' });
    expect(await casesOf(project)).toHaveLength(1);
  });

  it('shows a model that drafts more no case that they put into holdout', async () => {
    const { project, one, two } = await withDrafts();
    for (const [{ id, variables, expected, tags }, split] of [
      [one, 'holdout'],
      [two, 'dev'],
    ] as const)
      await confirmDraft(test.workbench, id, { case: { variables, expected, tags, split }, author: 'Ada' });
    await startDrafting(test.workbench, project, choice);
    await ended(test.workbench, project);
    const { content = '' } = test.server.requests.at(-1) ?? {};
    expect(content).toContain('Two of them');
    expect(content).not.toContain('One and only');
  });

  it('confirms several at the same moment, and none is lost', async () => {
    const { project, one, two } = await withDrafts();
    await Promise.all(
      [one, two].map(({ id, variables, expected, tags }) =>
        confirmDraft(test.workbench, id, { case: { variables, expected, tags, split: 'dev' }, author: 'Ada' }),
      ),
    );
    expect((await casesOf(project)).map(({ variables }) => variables.input).sort()).toEqual([
      'One and only',
      'Two of them',
    ]);
  });

  it('confirms what another one drops at that moment: the set has it', async () => {
    const { project, one } = await withDrafts();
    const { evalSets } = test.workbench.stores;
    vi.spyOn(evalSets, 'hasCase').mockImplementationOnce(async () => {
      await dropDraft(test.workbench, one.id, 'Grace');
      return false;
    });
    const { variables, expected, tags } = one;
    const confirmed = { case: { variables, expected, tags, split: 'dev' as const }, author: 'Ada' };
    expect(await confirmDraft(test.workbench, one.id, confirmed)).toMatchObject({ state: 'confirmed' });
    expect(await casesOf(project)).toHaveLength(1);
    await expect(reopenDraft(test.workbench, one.id)).rejects.toMatchObject({ code: 'case_draft_decided' });
  });

  it('drops a draft, and takes that back', async () => {
    const { project, one } = await withDrafts();
    await dropDraft(test.workbench, one.id, 'Grace');
    expect((await listDrafts(test.workbench, project)).drafts).toHaveLength(1);
    const confirmed = { variables: { input: 'x' }, expected: 'positive', tags: [], split: 'dev' as const };
    await expect(confirmDraft(test.workbench, one.id, { case: confirmed, author: '' })).rejects.toMatchObject({
      code: 'case_draft_decided',
    });
    await reopenDraft(test.workbench, one.id);
    expect((await listDrafts(test.workbench, project)).drafts).toHaveLength(2);
    expect(await casesOf(project)).toEqual([]);
  });
});
