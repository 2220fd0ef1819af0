import express, { type Application, type Request, type Response } from 'express';
import { z } from 'zod';
import { invalid } from '../domain/errors.ts';
import type { JsonValue } from '../domain/json.ts';
import type { Actor, Role } from '../domain/person.ts';
import { requireRole } from '../services/people/identify.ts';
import { type Answer, type Contract, contract, type Received, type RouteKey } from './contract/index.ts';
import type { RouteContract } from './contract/route.ts';
import { actorOf } from './identity.ts';

type JsonKey = { [Key in RouteKey]: Contract[Key]['response'] extends z.ZodType ? Key : never }[RouteKey];
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Answers are only read, so domain objects with read-only parts may be given. */
type ReadOnly<T> = [z.core.util.JSONType] extends [T]
  ? JsonValue
  : T extends object
    ? { readonly [Key in keyof T]: ReadOnly<T[Key]> }
    : T;

/** Bytes that a body may have. A file comes as one JSON string, whatever its lines. */
const bodyLimit = (key: RouteKey): number => (key === 'POST /api/projects/:project/sets/import' ? 50 : 2) * 1024 ** 2;

/** Binds an operation of the contract whose answer is JSON; `undefined` is answered as 204. */
export function handle<Key extends JsonKey>(
  app: Application,
  key: Key,
  answer: (received: Received<Key>, request: Request) => Promise<ReadOnly<Answer<Key>>>,
): void {
  respond(app, key, async (received, request, response) => {
    const body = await answer(received, request);
    if (body === undefined) response.status(204).end();
    else response.json(body);
  });
}

/** Binds an operation that answers by itself: a stream, a file, headers of its own. */
export function respond<Key extends RouteKey>(
  app: Application,
  key: Key,
  answer: (received: Received<Key>, request: Request, response: Response) => Promise<void>,
): void {
  const [method, path] = methodAndPath(key);
  const readBody = 'body' in contract[key] ? [express.json({ limit: bodyLimit(key) })] : [];
  app[method](path, ...readBody, async (request: Request, response: Response) => {
    const needed = roleNeeded(key);
    const actor = needed === null ? null : await actorOf(request);
    if (actor !== null && needed !== null) requireRole(actor, needed);
    await answer(underOwnName(receive(key, request), actor), request, response);
  });
}

/** What reads needs no role, what writes that of an editor, unless the contract says another. */
export function roleNeeded(key: RouteKey): Role | null {
  const { needs }: RouteContract = contract[key];
  return needs === undefined ? (key.startsWith('GET ') ? null : 'editor') : needs;
}

/** Who is known writes under their own name, whatever name was sent. */
function underOwnName<Key extends RouteKey>(received: Received<Key>, actor: Actor | null): Received<Key> {
  const { body } = received;
  if (actor?.kind !== 'person' || typeof body !== 'object' || body === null || !('author' in body)) return received;
  return { ...received, body: { ...body, author: actor.person.name } };
}

/** `POST /api/projects` → method and path as Express takes them. */
export function methodAndPath(key: string): [Method, string] {
  const [method = '', path = ''] = key.split(' ');
  const known = (['get', 'post', 'put', 'patch', 'delete'] as const).find((name) => name === method.toLowerCase());
  if (known === undefined) throw new TypeError(`"${key}" names no method that is bound here`);
  return [known, path];
}

function receive<Key extends RouteKey>(key: Key, request: Request): Received<Key> {
  const route: RouteContract = contract[key];
  const problems: { field: string; message: string }[] = [];
  const chinese = request.acceptsLanguages('en', 'zh') === 'zh';
  const parse = (schema: z.ZodType | undefined, name: string, value: unknown) => {
    const parsed = schema && parseWith(schema, value, chinese);
    for (const issue of parsed?.error?.issues ?? []) {
      problems.push({ field: [name, ...issue.path].join('.'), message: issue.message });
    }
    return parsed?.data;
  };
  const received = {
    params: parse(route.params, 'path', request.params),
    query: parse(route.query, 'query', request.query),
    body: parse(route.body, 'body', request.body),
  };
  if (problems.length > 0) throw requestInvalid(problems);
  // The type is read from the very schemas that made the value; TypeScript can't follow that through a lookup by key.
  return received as Received<Key>;
}

const inChinese = z.locales.zhCN().localeError;

/** Schemas follow JSON however deep whoever sends it made it. */
function parseWith(schema: z.ZodType, value: unknown, chinese: boolean): z.ZodSafeParseResult<unknown> {
  try {
    return schema.safeParse(value, chinese ? { error: inChinese } : {});
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw invalid('json_too_deep', 'The JSON is nested too deeply to be read. Send it with fewer levels.', { cause });
  }
}

function requestInvalid(problems: readonly { field: string; message: string }[]) {
  const shown = problems.slice(0, 5).map(({ field, message }) => `${field}: ${message}`);
  const more = problems.length > shown.length ? ` (and ${problems.length - shown.length} more)` : '';
  return invalid('request_invalid', `The request is not as it should be. ${shown.join('; ')}${more}.`, {
    details: { problems },
  });
}
