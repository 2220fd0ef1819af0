import { conflict, invalid } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/ids.ts';
import { type Actor, mayDo, type Person, type Role } from '../../domain/person.ts';
import type { Workbench } from '../workbench.ts';
import { requireRole } from './identify.ts';
import { newToken, tokenHash } from './tokens.ts';

type Stores = Pick<Workbench, 'stores'>;
/** The token is given this once; nobody can read it again. */
export type WithToken = { person: Person; token: string };

/** The first person is an approver whatever is asked: somebody must be able to add the next. Throws `person_exists`, `person_name_empty`. */
export async function addPerson(
  { stores }: Stores,
  actor: Actor,
  { name, role }: Pick<Person, 'name' | 'role'>,
): Promise<WithToken> {
  requireRole(actor, 'approver');
  const trimmed = name.trim();
  if (trimmed === '') throw invalid('person_name_empty', 'Give the person a name: what they do stands under it.');
  const token = newToken();
  const person = await stores.people.add({
    name: trimmed,
    role: (await stores.people.anyone()) ? role : 'approver',
    tokenHash: tokenHash(token),
  });
  return { person, token };
}

/** Replaces a token; the old one stops at once. One's own, or as an approver anyone's. Throws `person_missing`. */
export async function replaceToken({ stores }: Stores, actor: Actor, id: PersonId): Promise<WithToken> {
  if (actor.kind !== 'person' || actor.person.id !== id) requireRole(actor, 'approver');
  const person = await stores.people.get(id);
  const token = newToken();
  await stores.people.setToken(id, tokenHash(token));
  return { person, token };
}

/** Throws `person_missing`, `last_approver`. */
export async function changeRole({ stores }: Stores, actor: Actor, id: PersonId, role: Role): Promise<Person> {
  requireRole(actor, 'approver');
  const person = await stores.people.get(id);
  if (!mayDo(role, 'approver')) await keepAnApprover({ stores }, person);
  await stores.people.setRole(id, role);
  return { ...person, role };
}

/** What the person did stays under their name. Throws `person_missing`, `last_approver`. */
export async function removePerson({ stores }: Stores, actor: Actor, id: PersonId): Promise<void> {
  requireRole(actor, 'approver');
  const person = await stores.people.get(id);
  await keepAnApprover({ stores }, person);
  await stores.people.remove(id);
}

async function keepAnApprover({ stores }: Stores, leaving: Person): Promise<void> {
  const others = (await stores.people.list()).filter(({ id, role }) => id !== leaving.id && mayDo(role, 'approver'));
  if (others.length > 0 || !mayDo(leaving.role, 'approver')) return;
  throw conflict(
    'last_approver',
    `${leaving.name} is the only approver: nobody could approve or add people afterwards. Make another person an approver first.`,
  );
}
