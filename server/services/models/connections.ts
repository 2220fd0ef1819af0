import { conflict, invalid, missing, refused } from '../../domain/errors.ts';
import type { RateLimits } from '../../domain/request-pacer.ts';
import { slugOf } from '../../domain/slug.ts';
import type { ConnectionState } from '../../providers/registry.ts';
import type { Workbench } from '../workbench.ts';

type Parts = Pick<Workbench, 'stores' | 'providers'>;

/** Adds a connection to an OpenAI-compatible server, and says whether it answers. Throws `connection_name_invalid`, `connection_exists`. */
export async function addConnection(
  { stores, providers }: Parts,
  connection: { name: string; baseUrl: string; keyVariable: string | null },
): Promise<ConnectionState> {
  const slug = slugOf(connection.name);
  if (slug === '') {
    throw invalid(
      'connection_name_invalid',
      `"${connection.name}" has no letter or digit. Give it a name that has some.`,
    );
  }
  // One that is listed already would hide it.
  if (find(await providers.connections(), slug) !== undefined) throw connectionExists(slug);
  await stores.connections.add({ slug, ...connection });
  const added = find(await providers.connections(), slug);
  if (added === undefined) throw connectionExists(slug);
  return added;
}

/** Removes an added connection; runs made with it stay. Throws `connection_missing`, `connection_not_removable`. */
export async function removeConnection({ stores, providers }: Parts, slug: string): Promise<void> {
  const added = (await stores.connections.list()).some((connection) => connection.slug === slug);
  if (added) return stores.connections.remove(slug);
  if (find(await providers.connections(), slug) === undefined) {
    throw missing('connection_missing', `There is no connection "${slug}".`);
  }
  throw refused('connection_not_removable', `"${slug}" was not added by hand, so it can't be removed.`);
}

/** Limits what is asked of a connection in a minute, by all runs of this workbench together. Throws `connection_missing`, `connection_not_limitable`. */
export async function setConnectionLimits(
  { stores, providers }: Parts,
  slug: string,
  limits: RateLimits,
): Promise<ConnectionState> {
  const connection = find(await providers.connections(), slug);
  if (connection === undefined) throw missing('connection_missing', `There is no connection "${slug}".`);
  if (connection.limits === null) {
    throw refused('connection_not_limitable', `"${slug}" runs in this program, so there is nothing to limit.`);
  }
  await stores.connections.setLimits(slug, limits);
  // Looking again tells the runs under way.
  await providers.connections();
  return { ...connection, limits };
}

const find = (all: readonly ConnectionState[], slug: string) => all.find((connection) => connection.slug === slug);

const connectionExists = (slug: string) =>
  conflict('connection_exists', `There is a connection "${slug}" already. Choose another name.`);
