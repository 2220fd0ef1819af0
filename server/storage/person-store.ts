import type { Selectable } from 'kysely';
import { conflict, missing } from '../domain/errors.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Person, Role } from '../domain/person.ts';
import type { Database } from './database.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

/** People of this workbench. Who was removed stays by name, for what they did. */
export class PersonStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Throws `person_exists`. */
  async add(person: Pick<Person, 'name' | 'role'> & { tokenHash: string }): Promise<Person> {
    const row = await this.#database
      .insertInto('person')
      .values({ ...person, createdAt: now() })
      .onConflict((on) => on.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) {
      throw conflict(
        'person_exists',
        `There is or was a person "${person.name}" here. Take another name: what each did stays under theirs.`,
      );
    }
    return personOf(row);
  }

  /** Those who were not removed, in the order they were added. */
  async list(): Promise<Person[]> {
    const rows = await this.#database
      .selectFrom('person')
      .selectAll()
      .where('removedAt', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(personOf);
  }

  /** Throws `person_missing`, also for one who was removed. */
  async get(id: PersonId): Promise<Person> {
    const found = (await this.list()).find((person) => person.id === id);
    if (found === undefined)
      throw missing('person_missing', `There is no person ${id}. The list of people shows who there is.`);
    return found;
  }

  async byTokenHash(tokenHash: string): Promise<Person | null> {
    const row = await this.#database
      .selectFrom('person')
      .selectAll()
      .where('tokenHash', '=', tokenHash)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    return row === undefined ? null : personOf(row);
  }

  async anyone(): Promise<boolean> {
    const row = await this.#database
      .selectFrom('person')
      .select('id')
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }

  async setRole(id: PersonId, role: Role): Promise<void> {
    await this.#database.updateTable('person').set({ role }).where('id', '=', id).execute();
  }

  async setToken(id: PersonId, tokenHash: string): Promise<void> {
    await this.#database.updateTable('person').set({ tokenHash }).where('id', '=', id).execute();
  }

  async remove(id: PersonId): Promise<void> {
    await this.#database
      .updateTable('person')
      .set({ tokenHash: null, removedAt: now() })
      .where('id', '=', id)
      .execute();
  }
}

const personOf = ({ tokenHash: _secret, ...row }: Selectable<Tables['person']>): Person => ({
  ...row,
  role: row.role as Role,
});
