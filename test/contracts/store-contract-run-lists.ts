import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import type { RunSearch } from '../../server/domain/run-filter.ts';
import type { Opened } from './store-contract.ts';
import { content, leaseMs, newCase, newRun, owner, seed } from './store-seed.ts';

export function runListContract(opened: Opened): void {
  /** Four runs: one as seeded, one of another version and model, one tagged and noted, one archived. */
  async function fourRuns() {
    const { stores } = opened();
    const seeded = await seed(stores);
    const draft = { content: content('Say: {{review}}'), note: '', author: '', parent: 1 };
    const { version } = await stores.prompts.addVersion(seeded.prompt.id, draft);
    const other = await stores.runs.create({
      ...newRun({ ...seeded, version }),
      model: 'ollama/Écho',
      settings: { ...newRun(seeded).settings, split: 'all' },
    });
    const tagged = await stores.runs.create(newRun(seeded));
    await stores.keptRuns.change(tagged.id, { tags: ['keep', '好的'], note: 'Shorter 100% answers' });
    const archived = await stores.runs.create(newRun(seeded));
    await stores.keptRuns.change(archived.id, { archived: true });
    const { project } = seeded;
    const found = async (search: RunSearch) =>
      (await stores.runLists.find(project.id, search)).map(({ run }) => run.id);
    return { stores, project, found, first: seeded.run.id, other: other.id, tagged: tagged.id, archived: archived.id };
  }

  it('lists runs with the names of what they ran, newest first, a page at a time', async () => {
    const { stores, project, found, first, other, tagged, archived } = await fourRuns();
    const [newest] = await stores.runLists.find(project.id);
    expect(newest).toMatchObject({ prompt: 'sentiment', version: 1, set: 'dinner', setVersion: 1, summary: null });
    expect(newest?.run).toEqual(await stores.runs.get(archived));
    expect(await found({ limit: 2 })).toEqual([archived, tagged]);
    expect(await found({ limit: 2, after: tagged })).toEqual([other, first]);
    expect(await found({ limit: 2, after: first })).toEqual([]);
    expect(await stores.runLists.count(project.id, { archived: 'without' })).toBe(3);
  });

  it('narrows runs by each choice and by every word that is looked for', async () => {
    const { found, first, other, tagged, archived } = await fourRuns();
    expect(await found({ archived: 'without' })).toEqual([tagged, other, first]);
    expect(await found({ archived: 'only' })).toEqual([archived]);
    expect(await found({ prompt: 'sentiment', set: 'dinner', version: 2 })).toEqual([other]);
    expect(await found({ prompt: 'absent' })).toEqual([]);
    expect(await found({ model: 'ollama/Écho', split: 'all' })).toEqual([other]);
    expect(await found({ split: 'all', version: 1 })).toEqual([]);
    expect(await found({ tag: '好的' })).toEqual([tagged]);
    expect(await found({ tag: 'kee' })).toEqual([]);
    expect(await found({ search: `SHORTER  #${tagged} keep` })).toEqual([tagged]);
    expect(await found({ search: 'écho sentiment@2' })).toEqual([other]);
    expect(await found({ search: '100%' })).toEqual([tagged]);
    expect(await found({ search: 'shorter absent' })).toEqual([]);
  });

  it('knows an interrupted run by its lease and its process, as one that is read says of itself', async () => {
    const { stores, project, found, first, other, tagged, archived } = await fourRuns();
    await stores.runs.claim(first, owner, leaseMs);
    await stores.runs.claim(other, owner, -1);
    await stores.runs.claim(tagged, `${hostname()}:${spawnSync(process.execPath, ['-v']).pid}:x`, leaseMs);
    expect(await found({ status: 'running' })).toEqual([first]);
    expect(await found({ status: 'interrupted' })).toEqual([tagged, other]);
    expect(await found({ status: 'queued' })).toEqual([archived]);
    expect((await stores.runLists.choices(project.id)).statuses.sort()).toEqual(['interrupted', 'queued', 'running']);
  });

  it('counts the looks at holdout cases: those of a version that has some', async () => {
    const { stores } = opened();
    const seeded = await seed(stores, ['dev', 'holdout']);
    const both = { ...newRun(seeded).settings, split: 'all' as const };
    const start = async (about: Partial<ReturnType<typeof newRun>> = {}) => {
      const { id } = await stores.runs.create({ ...newRun(seeded), settings: both, ...about });
      await stores.runs.claim(id, owner, leaseMs);
      return id;
    };
    const first = await start();
    await start({ standIn: true });
    const second = await start();
    const change = { added: [], replaced: [newCase('c2', { split: 'dev' })], removed: [] };
    const { id: evalSetVersionId } = await stores.evalSets.change(seeded.set.id, 1, change, { note: '', author: '' });
    await start({ evalSetVersionId });
    expect([...(await stores.runLists.holdoutLooks(seeded.project.id))]).toEqual([
      [first, 1],
      [second, 2],
    ]);
    expect(await stores.runLists.holdoutLookCount(seeded.prompt.id, seeded.set.id)).toBe(2);

    // A look that was deleted was a look all the same.
    await stores.runs.rest(first, owner, { status: 'completed', reason: '', wallMs: 1 });
    expect(await stores.keptRuns.delete(first, {}, 'Ada')).toBe(true);
    expect((await stores.runLists.holdoutLooks(seeded.project.id)).get(second)).toBe(2);
    expect(await stores.runLists.holdoutLookCount(seeded.prompt.id, seeded.set.id)).toBe(2);
  });

  it('says what there is to narrow to', async () => {
    const { stores, project } = await fourRuns();
    expect(await stores.runLists.choices(project.id)).toEqual({
      prompts: ['sentiment'],
      models: ['ollama/Écho', 'openai/test-model'],
      sets: ['dinner'],
      tags: ['keep', '好的'],
      statuses: ['queued'],
      archived: 1,
    });
    const empty = await stores.projects.create('Empty');
    expect(await stores.runLists.choices(empty.id)).toEqual({
      prompts: [],
      models: [],
      sets: [],
      tags: [],
      statuses: [],
      archived: 0,
    });
  });
}
