import { expect, it } from 'vitest';
import { firstRules } from '../../server/domain/redaction/rules.ts';
import type { Opened } from './store-contract.ts';

export function redactionContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const project = await stores.projects.create('Reviews');
    return { redaction: stores.redaction, project: project.id, other: (await stores.projects.create('Other')).id };
  };
  const rules = { ...firstRules, words: ['Müller'] };

  it('keeps each version of the rules, by project', async () => {
    const { redaction, project, other } = await start();
    expect(await redaction.newest(project)).toBeNull();
    const first = await redaction.save(project, { rules, author: 'Ada', base: 0 });
    expect(first).toMatchObject({ number: 1, rules, author: 'Ada' });
    const second = await redaction.save(project, { rules: firstRules, author: 'Grace', base: 1 });
    expect(await redaction.newest(project)).toEqual(second);
    expect(await redaction.versions(project)).toEqual([second, first]);
    expect(await redaction.versions(other)).toEqual([]);
  });

  it('saves rules only over the version they were written from', async () => {
    const { redaction, project } = await start();
    await redaction.save(project, { rules, author: 'Ada', base: 0 });
    await expect(redaction.save(project, { rules, author: 'Grace', base: 0 })).rejects.toMatchObject({
      code: 'redaction_changed_meanwhile',
      kind: 'conflict',
    });
  });

  it('adds up what rules found', async () => {
    const { redaction, project, other } = await start();
    await redaction.addCounts(project, new Map());
    await redaction.addCounts(project, new Map([['email', 2]]));
    await redaction.addCounts(
      project,
      new Map([
        ['email', 1],
        ['phone', 5],
      ]),
    );
    const counts = (await redaction.counts(project)).map(({ name, count }) => [name, count]);
    expect(counts).toEqual([
      ['phone', 5],
      ['email', 3],
    ]);
    expect(await redaction.counts(other)).toEqual([]);
  });

  it('remembers when rules were applied to what was stored', async () => {
    const { redaction, project } = await start();
    const applied = { rules: 1, author: 'Ada', records: 10, changed: 3 };
    await redaction.addStored(project, applied);
    await redaction.addStored(project, { ...applied, changed: 0 });
    expect(await redaction.stored(project)).toMatchObject([{ changed: 0 }, applied]);
  });
}
