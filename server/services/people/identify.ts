import { invalid, refused, unidentified } from '../../domain/errors.ts';
import { type Actor, mayDo, type Role } from '../../domain/person.ts';
import type { Workbench } from '../workbench.ts';
import { tokenHash } from './tokens.ts';

type Stores = Pick<Workbench, 'stores'>;

/** Who the token says one is. Throws `token_unknown`: a wrong token must not pass for none. */
export async function identify({ stores }: Stores, token: string | null): Promise<Actor> {
  if (!(await stores.people.anyone())) return { kind: 'owner' };
  if (token === null) return { kind: 'unknown' };
  const person = await stores.people.byTokenHash(tokenHash(token));
  if (person === null) {
    throw unidentified(
      'token_unknown',
      'No person here has this token. It may have been replaced: ask an approver for a new one.',
    );
  }
  return { kind: 'person', person };
}

/** Throws `person_required` where it isn't known who asks, `role_insufficient` where they may not. */
export function requireRole(actor: Actor, needed: Role): void {
  if (actor.kind === 'owner') return;
  if (actor.kind === 'unknown') {
    throw unidentified(
      'person_required',
      'Say who you are first: choose yourself in the pages with your token, send "Authorization: Bearer TOKEN", or set WHETSTONE_TOKEN for commands.',
      { details: { needed } },
    );
  }
  const { name, role } = actor.person;
  if (mayDo(role, needed)) return;
  throw refused(
    'role_insufficient',
    `${name} is ${article(role)} here, and this needs ${article(needed)}. An approver can change the role.`,
    {
      details: { role, needed },
    },
  );
}

/** The same where a name is a must, as under an approval. Throws `name_required`. */
export function signingName(actor: Actor, typed: string): string {
  const name = actingName(actor, typed).trim();
  if (name === '') throw invalid('name_required', 'Say who does it: it is kept under a name.');
  return name;
}

/** The name that what someone does stands under: their own, or where nobody was added yet the one they typed. */
export const actingName = (actor: Actor, typed: string): string =>
  actor.kind === 'person' ? actor.person.name : typed;

const article = (role: Role): string => (role === 'viewer' ? 'a viewer' : `an ${role}`);
