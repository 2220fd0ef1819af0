import { expect, it } from 'vitest';
import type { PromptContent } from '../../server/domain/prompt.ts';
import type { Opened } from './store-contract.ts';
import { content } from './store-seed.ts';

export function promptContract(opened: Opened): void {
  const start = async () => {
    const { projects, prompts } = opened().stores;
    const project = await projects.create('Reviews');
    return { prompts, project, prompt: await prompts.create(project.id, 'Sentiment') };
  };
  const draft = (given: PromptContent, note = '') => ({ content: given, note, author: 'Ada', parent: null });

  it('keeps slugs unique within a project', async () => {
    const { prompts, project, prompt } = await start();
    const other = await opened().stores.projects.create('Other');
    await expect(prompts.create(project.id, 'sentiment')).rejects.toMatchObject({ code: 'prompt_exists' });
    const elsewhere = await prompts.create(other.id, 'Sentiment');
    expect(await prompts.find(project.id, 'SENTIMENT')).toEqual(prompt);
    expect(await prompts.find(other.id, 'sentiment')).toEqual(elsewhere);
    expect(await prompts.find(project.id, 'nothing')).toBeNull();
    expect(await prompts.list(project.id)).toEqual([prompt]);
  });

  it('numbers versions from 1 in each prompt', async () => {
    const { prompts, project, prompt } = await start();
    const other = await prompts.create(project.id, 'Other');
    for (const text of ['a', 'b', 'c']) await prompts.addVersion(prompt.id, draft(content(text)));
    const { version } = await prompts.addVersion(other.id, draft(content('a')));
    expect(version.number).toBe(1);
    expect((await prompts.versions(prompt.id)).map(({ number }) => number)).toEqual([1, 2, 3]);
    expect((await prompts.version(prompt.id, null))?.content).toEqual(content('c'));
    expect((await prompts.version(prompt.id, 2))?.content).toEqual(content('b'));
    expect(await prompts.version(prompt.id, 4)).toBeNull();
    expect(await prompts.getVersion(version.id)).toEqual(version);
  });

  it('makes a version of content that came before where it is asked to, once', async () => {
    const { prompts, prompt } = await start();
    const first = await prompts.addVersion(prompt.id, draft(content('a')));
    await prompts.addVersion(prompt.id, draft(content('b')));
    const again = { ...draft(content('a'), 'back'), again: true };
    const restored = await prompts.addVersion(prompt.id, again);
    expect(restored).toMatchObject({
      created: true,
      version: { number: 3, note: 'back', contentHash: first.version.contentHash, content: content('a') },
    });
    expect(await prompts.addVersion(prompt.id, again)).toEqual({ version: restored.version, created: false });
    expect(await prompts.addVersion(prompt.id, draft(content('a')))).toEqual({ ...restored, created: false });
    await prompts.addVersion(prompt.id, { ...draft(content('b')), again: true });
    expect((await prompts.addVersion(prompt.id, again)).version.number).toBe(5);
  });

  it('refuses to add to versions that the person has not seen', async () => {
    const { prompts, prompt } = await start();
    await prompts.addVersion(prompt.id, { ...draft(content('a')), newest: 0 });
    await expect(prompts.addVersion(prompt.id, { ...draft(content('b')), newest: 0 })).rejects.toMatchObject({
      code: 'prompt_changed_meanwhile',
      details: { newest: 1 },
    });
    expect(await prompts.addVersion(prompt.id, { ...draft(content('a')), newest: 0 })).toMatchObject({
      created: false,
    });
    expect(await prompts.addVersion(prompt.id, { ...draft(content('b')), newest: 1 })).toMatchObject({ created: true });
  });

  it('makes no new version of equal content, in whatever order its keys are', async () => {
    const { prompts, prompt } = await start();
    const given: PromptContent = { ...content('a'), parameters: { temperature: 0, topP: 1 } };
    const first = await prompts.addVersion(prompt.id, draft(given, 'First'));
    await prompts.addVersion(prompt.id, draft(content('b')));
    const { responseFormat, messages } = given;
    const again = await prompts.addVersion(
      prompt.id,
      draft({ responseFormat, parameters: { topP: 1, temperature: 0, seed: undefined }, messages }, 'Again'),
    );
    expect(first.created).toBe(true);
    expect(again).toEqual({ version: first.version, created: false });
    expect(again.version.note).toBe('First');
    expect(await prompts.versions(prompt.id)).toHaveLength(2);
  });

  it('numbers versions that are saved at the same time', async () => {
    const { prompts, prompt } = await start();
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text) => prompts.addVersion(prompt.id, draft(content(text)))));
    const versions = await prompts.versions(prompt.id);
    expect(versions.map(({ number }) => number)).toEqual(texts.map((_, index) => index + 1));
  });
}
