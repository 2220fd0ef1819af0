import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import type { PromptContent } from '../../../server/domain/prompt.ts';
import { createPrompt } from '../../../server/services/prototype/create-prompt.ts';
import { saveVersion } from '../../../server/services/prototype/save-version.ts';
import { listPrompts, showPrompt } from '../../../server/services/prototype/show-prompt.ts';
import { classifyContent, readMood, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let opened: TestWorkbench;
let seeded: SeededProject;
let project: Project;
beforeEach(async () => {
  opened = await openTestWorkbench({ answer: readMood });
  seeded = await seedProject(opened.workbench, { size: 20, tricky: 1 });
  project = seeded.project;
});
afterEach(() => opened.close());

const save = (content: PromptContent, more: { note?: string; parent?: number | null } = {}) =>
  saveVersion(opened.workbench, project, 'classify', { content, note: '', author: 'Ada', parent: null, ...more });
const oneMessage = (content: string): PromptContent => ({
  messages: [{ role: 'user', content }],
  parameters: {},
  responseFormat: { type: 'text' },
});

describe('createPrompt', () => {
  it('makes a prompt without a version, under a name of its own', async () => {
    expect(await createPrompt(opened.workbench, project, ' 情感 Sentiment ')).toMatchObject({
      slug: '情感-sentiment',
      name: '情感 Sentiment',
      versionCount: 0,
    });
    expect(await listPrompts(opened.workbench, project)).toMatchObject([
      { slug: 'classify', versionCount: 1 },
      { slug: '情感-sentiment', versionCount: 0 },
    ]);
    await expect(createPrompt(opened.workbench, project, 'Classify')).rejects.toMatchObject({ code: 'prompt_exists' });
    await expect(createPrompt(opened.workbench, project, '!?')).rejects.toMatchObject({ code: 'prompt_name_invalid' });
  });
});

describe('saveVersion', () => {
  it('numbers versions, and takes equal content for the version that has it', async () => {
    const second = await save(oneMessage('{{review}} {{tone}}'), { note: 'Shorter', parent: 1 });
    expect(second).toMatchObject({
      created: true,
      version: {
        number: 2,
        note: 'Shorter',
        author: 'Ada',
        parent: 1,
        variables: ['review', 'tone'],
        labels: [],
        latestRun: null,
      },
    });
    const again = await save(oneMessage('{{review}} {{tone}}'), { note: 'The same' });
    expect(again).toEqual({ created: false, version: second.version });
    expect((await save(oneMessage('{{review}}'))).version.number).toBe(3);
  });

  it.each<[string, PromptContent, object]>([
    [
      'a block that is not closed',
      oneMessage('one\n{{#if x}}\n'),
      { message: 0, text: expect.stringContaining('not closed') },
    ],
    [
      'a helper that is not there',
      oneMessage('a\nb {{upper x}}'),
      { message: 0, line: 2, text: expect.stringContaining('"upper"') },
    ],
    ['a way to a prototype', oneMessage('{{constructor}}'), { message: 0, line: 1 }],
    ['no message', { ...oneMessage(''), messages: [] }, { message: null, text: 'there is no message' }],
    ['one label', { ...oneMessage('x'), responseFormat: { type: 'labels', labels: ['a'] } }, { message: null }],
    [
      'an empty label',
      { ...oneMessage('x'), responseFormat: { type: 'labels', labels: ['a', ' '] } },
      { message: null },
    ],
    [
      'a label twice',
      { ...oneMessage('x'), responseFormat: { type: 'labels', labels: ['Good', 'good '] } },
      { message: null, text: expect.stringContaining('"good "') },
    ],
  ])('refuses %s, with its place, and stores nothing', async (_, content, problem) => {
    await expect(save(content)).rejects.toMatchObject({
      code: 'prompt_invalid',
      kind: 'invalid',
      details: { problems: [expect.objectContaining(problem)] },
    });
    expect((await showPrompt(opened.workbench, project, 'classify')).versions).toHaveLength(1);
  });

  it('refuses a prompt or a parent that is not there', async () => {
    await expect(save(oneMessage('x'), { parent: 7 })).rejects.toMatchObject({ code: 'prompt_version_missing' });
    const draft = { content: oneMessage('x'), note: '', author: '', parent: null };
    await expect(saveVersion(opened.workbench, project, 'other', draft)).rejects.toMatchObject({
      code: 'prompt_missing',
    });
  });
});

describe('showPrompt', () => {
  it('shows each version with its newest completed dev run, by rate, n and how often there was no answer', async () => {
    await save(classifyContent('Only one word.'));
    const run = await runToEnd(opened.workbench, seeded, { version: 1, split: 'all' });
    await runToEnd(opened.workbench, seeded, { version: 1, split: 'holdout' });
    await runToEnd(opened.workbench, seeded, { version: 2, split: 'holdout' });
    const { versions } = await showPrompt(opened.workbench, project, 'Classify');
    const tested = versions.filter(({ latestRun }) => latestRun !== null);
    expect(tested).toHaveLength(1);
    expect(tested[0]).toMatchObject({ number: 1 });
    expect(tested[0]?.latestRun).toEqual({
      id: run.id,
      model: 'openai/test-model',
      passRate: 14 / 15,
      interval: [expect.closeTo(0.7018), expect.closeTo(0.9881)],
      n: 15,
      noAnswer: 0,
      onNewestSet: true,
    });
  });

  it('names the labels that point to a version now', async () => {
    const { stores } = opened.workbench;
    const prompt = await stores.prompts.find(project.id, 'classify');
    const version = prompt && (await stores.prompts.version(prompt.id, 1));
    if (!prompt || !version) throw new Error('the seed has changed');
    const release = await stores.releases.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model: 'openai/test-model',
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: 'n',
      approvedBy: 'Grace',
    });
    const move = { promptId: prompt.id, releaseId: release.id, kind: 'move' as const, reason: 'r', author: '' };
    await stores.releases.moveLabel({ ...move, label: 'production' });
    await stores.releases.moveLabel({ ...move, label: 'beta' });
    await save(oneMessage('{{review}}'));
    const { versions } = await showPrompt(opened.workbench, project, 'classify');
    expect(versions.map(({ labels }) => labels)).toEqual([['beta', 'production'], []]);
  });
});
