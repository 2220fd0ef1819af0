import { expect, it } from 'vitest';
import { contentHash } from '../../server/domain/content-hash.ts';
import type { ReleaseId } from '../../server/domain/ids.ts';
import type { Evidence } from '../../server/domain/release.ts';
import type { Opened } from './store-contract.ts';
import { seed } from './store-seed.ts';

export function releaseContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const evidence: Evidence = {
      runs: [],
      criteria: [{ name: 'cost', state: 'met', target: 1, observed: 0.5, bound: null }],
    };
    const approve = (note: string, prompt = seeded.prompt) =>
      stores.releases.create({
        projectId: seeded.project.id,
        promptId: prompt.id,
        promptVersionId: seeded.version.id,
        model: 'openai/test-model',
        parameters: { temperature: 0 },
        evidence,
        note,
        approvedBy: 'Grace',
      });
    const point = (label: string, releaseId: ReleaseId, kind: 'move' | 'roll_back' = 'move') =>
      stores.releases.moveLabel({ promptId: seeded.prompt.id, label, releaseId, kind, reason: 'why', author: 'Ada' });
    return { stores, releases: stores.releases, ...seeded, evidence, approve, point };
  };

  it('numbers releases within their prompt and freezes the evidence under its digest', async () => {
    const { stores, releases, project, approve, evidence } = await start();
    const other = await stores.prompts.create(project.id, 'Other');
    const first = await approve('one');
    const second = await approve('two');
    const elsewhere = await approve('other', other);
    expect([first.number, second.number, elsewhere.number]).toEqual([1, 2, 1]);
    expect(first).toMatchObject({ evidence, evidenceDigest: contentHash(evidence), parameters: { temperature: 0 } });
    expect(await releases.get(first.id)).toEqual(first);
    expect(await releases.list(project.id)).toEqual([elsewhere, second, first]);
    await expect(releases.get(0 as ReleaseId)).rejects.toMatchObject({ code: 'release_missing' });
  });

  it('has labels that point to what they were moved to last, and every move of them', async () => {
    const { releases, prompt, approve, point } = await start();
    const [first, second] = [await approve('one'), await approve('two')];
    expect(await releases.labelled(prompt.id, 'production')).toBeNull();
    expect(await releases.presentLabels(prompt.id)).toEqual([]);
    const moves = [
      await point('production', first.id),
      await point('staging', second.id),
      await point('production', second.id),
      await point('production', first.id, 'roll_back'),
    ];
    expect(await releases.labelled(prompt.id, 'production')).toEqual(first);
    expect(await releases.labelled(prompt.id, 'staging')).toEqual(second);
    expect(await releases.labelled(prompt.id, 'Production')).toBeNull();
    expect(await releases.presentLabels(prompt.id)).toEqual([
      { label: 'production', release: first },
      { label: 'staging', release: second },
    ]);
    expect(await releases.moves(prompt.id)).toEqual(moves.toReversed());
    expect(moves[3]).toMatchObject({ kind: 'roll_back', reason: 'why', author: 'Ada' });
  });
}
