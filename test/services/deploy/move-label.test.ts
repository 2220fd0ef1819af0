import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../../server/domain/release.ts';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { listReleases } from '../../../server/services/deploy/list-releases.ts';
import { moveLabel, rollBack } from '../../../server/services/deploy/move-label.ts';
import { servePrompt } from '../../../server/services/deploy/serve-prompt.ts';
import { addVersion, readMood, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const production = { prompt: 'classify', label: 'production' };
const owner = { kind: 'owner' } as const;
const because = { reason: 'because', by: 'Grace' };

describe('labels', () => {
  let test: TestWorkbench;
  let seeded: SeededProject;
  let releases: Release[];

  beforeAll(async () => {
    test = await openTestWorkbench({ answer: readMood });
    seeded = await seedProject(test.workbench);
    await addVersion(test.workbench, seeded, 'Answer with one word.');
    await addVersion(test.workbench, seeded, 'Answer with one word, positive or negative.');
    releases = [];
    for (const version of [1, 2, 3]) {
      await runToEnd(test.workbench, seeded, { version });
      const approval = { prompt: 'classify', version, model: testModel, text: 'fine', by: 'Grace' };
      releases.push(await approveRelease(test.workbench, seeded.project, owner, { ...approval, overrides: [] }));
    }
  });
  afterAll(() => test.close());

  const move = (release: Release | undefined, label = 'production') =>
    moveLabel(
      test.workbench,
      seeded.project,
      owner,
      { ...production, label },
      { release: release?.id ?? 0, ...because },
    );
  const back = () => rollBack(test.workbench, seeded.project, owner, production, because);
  const served = async () =>
    (await servePrompt(test.workbench, { project: seeded.project.slug, ...production })).served.version;

  it('serve nothing and have nowhere to go back to before the first move', async () => {
    await expect(served()).rejects.toMatchObject({ code: 'label_missing', kind: 'missing' });
    await expect(back()).rejects.toMatchObject({ code: 'label_missing' });
  });

  it('serve what they were moved to, and go back step by step', async () => {
    const [one, two, three] = releases;
    await move(one);
    await expect(back()).rejects.toMatchObject({ code: 'label_without_history', kind: 'conflict' });
    await move(two);
    await move(three);
    expect(await served()).toBe(3);
    expect(await back()).toMatchObject({ kind: 'roll_back', releaseId: two?.id });
    expect(await served()).toBe(2);
    await back();
    expect(await served()).toBe(1);
    await expect(back()).rejects.toMatchObject({ code: 'label_without_history' });
  });

  it('keep every move, newest first', async () => {
    const { moves } = await listReleases(test.workbench, seeded.project);
    expect(moves.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'roll_back 1',
      'roll_back 2',
      'move 3',
      'move 2',
      'move 1',
    ]);
    expect(moves[0]).toMatchObject({
      prompt: 'classify',
      label: 'production',
      release: releases[0]?.id,
      reason: 'because',
      author: 'Grace',
    });
  });

  it('stand beside each other', async () => {
    await move(releases[2], 'staging');
    const listed = (await listReleases(test.workbench, seeded.project)).releases;
    expect(listed.map(({ version, labels }) => [version, labels])).toEqual([
      [3, ['staging']],
      [2, []],
      [1, ['production']],
    ]);
  });

  it('refuse a move to where they are, to a release of another prompt and by a name that is none', async () => {
    await expect(move(releases[0])).rejects.toMatchObject({ code: 'label_unchanged', kind: 'conflict' });
    await expect(move(undefined)).rejects.toMatchObject({ code: 'release_missing' });
    await expect(move(releases[1], 'up to date!')).rejects.toMatchObject({ code: 'label_invalid' });
    const other = await seedProject(test.workbench, { name: 'Other' });
    const misplaced = { release: releases[0]?.id ?? 0, ...because };
    await expect(moveLabel(test.workbench, other.project, owner, production, misplaced)).rejects.toMatchObject({
      code: 'release_missing',
    });
  });

  it('change the tag of what is served only with what is served', async () => {
    const tag = async () => (await servePrompt(test.workbench, { project: seeded.project.slug, ...production })).tag;
    const before = await tag();
    expect(await tag()).toBe(before);
    await move(releases[1]);
    expect(await tag()).not.toBe(before);
    await back();
    expect(await tag()).toBe(before);
  });
});
