import { expect, it } from 'vitest';
import type { PersonId } from '../../server/domain/ids.ts';
import type { Opened } from './store-contract.ts';

export function personContract(opened: Opened): void {
  const add = (name: string, tokenHash: string) => opened().stores.people.add({ name, role: 'editor', tokenHash });

  it('finds a person by the hash of their token, and never gives that back', async () => {
    const { people } = opened().stores;
    expect(await people.anyone()).toBe(false);
    const ada = await add('Ada', 'a1');
    expect(ada).toMatchObject({ name: 'Ada', role: 'editor', removedAt: null });
    expect(JSON.stringify(ada)).not.toContain('a1');
    expect(await people.byTokenHash('a1')).toEqual(ada);
    expect(await people.byTokenHash('b2')).toBeNull();
    expect(await people.anyone()).toBe(true);
  });

  it('takes a name once, however it is written', async () => {
    const ada = await add('Ada', 'a1');
    await expect(add('ADA', 'a2')).rejects.toMatchObject({ code: 'person_exists', kind: 'conflict' });
    await opened().stores.people.remove(ada.id);
    // What Ada did stands under the name: nobody else may take it.
    await expect(add('Ada', 'a3')).rejects.toMatchObject({ code: 'person_exists' });
  });

  it('forgets the token with the person, and an old one with the new', async () => {
    const { people } = opened().stores;
    const ada = await add('Ada', 'a1');
    await people.setToken(ada.id, 'a2');
    expect(await people.byTokenHash('a1')).toBeNull();
    await people.setRole(ada.id, 'approver');
    expect(await people.byTokenHash('a2')).toMatchObject({ role: 'approver' });
    await people.remove(ada.id);
    expect(await people.byTokenHash('a2')).toBeNull();
    expect(await people.list()).toEqual([]);
    await expect(people.get(ada.id)).rejects.toMatchObject({ code: 'person_missing' });
    await expect(people.get(99 as PersonId)).rejects.toMatchObject({ code: 'person_missing' });
  });
}
