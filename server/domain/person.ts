import type { PersonId } from './ids.ts';

/** What a person may do; each may do all that the ones before may. */
export const roles = ['viewer', 'editor', 'approver'] as const;
export type Role = (typeof roles)[number];

/** Somebody who proves with a token of their own who they are. */
export type Person = { id: PersonId; name: string; role: Role; createdAt: string; removedAt: string | null };

/**
 * Who asks for something. `owner`: nobody was added yet, so whoever works on this machine may do everything, under the name they type. `unknown`:
 * people were added, and this one did not say who of them they are.
 */
export type Actor = { kind: 'owner' } | { kind: 'unknown' } | { kind: 'person'; person: Person };

/** Whether someone in that role may do what needs the other. */
export const mayDo = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
