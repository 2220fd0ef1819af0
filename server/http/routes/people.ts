import type { Application, Request } from 'express';
import { conflict, WhetstoneError } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { identify } from '../../services/people/identify.ts';
import { addPerson, changeRole, removePerson, replaceToken } from '../../services/people/people.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle, respond } from '../handle.ts';
import { actorOf, forget, remember } from '../identity.ts';

export function bindPeople(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/people', async (_received, request) => ({
    people: (await workbench.stores.people.list()).map(view),
    me: await me(request),
  }));
  respond(app, 'POST /api/people', async ({ body }, request, response) => {
    const actor = await actorOf(request);
    const { person, token } = await addPerson(workbench, actor, body);
    if (actor.kind === 'owner') remember(response, token);
    response.json({ person: view(person), token });
  });
  respond(app, 'POST /api/people/me', async ({ body }, _request, response) => {
    const actor = await identify(workbench, body.token);
    if (actor.kind !== 'person') throw nobodyYet();
    remember(response, body.token).json(view(actor.person));
  });
  respond(app, 'DELETE /api/people/me', async (_received, _request, response) => {
    forget(response).status(204).end();
  });
  handle(app, 'PATCH /api/people/:id', async ({ params, body }, request) =>
    view(await changeRole(workbench, await actorOf(request), params.id as PersonId, body.role)),
  );
  respond(app, 'POST /api/people/:id/token', async ({ params }, request, response) => {
    const actor = await actorOf(request);
    const { person, token } = await replaceToken(workbench, actor, params.id as PersonId);
    if (actor.kind === 'person' && actor.person.id === person.id) remember(response, token);
    response.json({ person: view(person), token });
  });
  handle(app, 'DELETE /api/people/:id', async ({ params }, request) => {
    await removePerson(workbench, await actorOf(request), params.id as PersonId);
    return undefined;
  });
}

/** A token that is no longer known is nobody here: the page must still open, to take another one. */
async function me(request: Request): Promise<PersonView | null> {
  const actor = await actorOf(request).catch((error: unknown) => {
    if (error instanceof WhetstoneError && error.code === 'token_unknown') return null;
    throw error;
  });
  return actor?.kind === 'person' ? view(actor.person) : null;
}

type PersonView = Omit<Person, 'removedAt'>;
const view = ({ removedAt: _removed, ...person }: Person): PersonView => person;

const nobodyYet = () =>
  conflict(
    'people_missing',
    'Nobody was added to this workbench yet. Add yourself first, in Settings or by "whetstone people add".',
  );
