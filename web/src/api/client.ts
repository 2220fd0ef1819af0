import type {
  Answer,
  ErrorAnswer,
  Received,
  RouteKey,
  SentBody,
  SentQuery,
} from '../../../server/http/contract/index.ts';
import { noteAnswer } from './reachable.ts';

/** What the server, or the way to it, said no with. `code` is stable; `message` is for people. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;

  constructor(status: number, { code, message, details }: ErrorAnswer['error'], options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Query values as the handlers get them: the schemas' inputs say only which of them must be given. */
type Query<Key extends RouteKey> = {
  [Name in keyof SentQuery<Key>]: Name extends keyof Received<Key>['query'] ? Received<Key>['query'][Name] : never;
};
type Part<Name extends string, Value> = Value extends undefined
  ? unknown
  : Partial<Value> extends Value
    ? { [N in Name]?: Value }
    : { [N in Name]: Value };

/** What an operation is given: `params`, `query` and `body` where its contract names them. */
export type Given<Key extends RouteKey> = Part<'params', Received<Key>['params']> &
  Part<'query', SentQuery<Key> extends undefined ? undefined : Query<Key>> &
  Part<'body', SentBody<Key>> & { signal?: AbortSignal };
/** Left out altogether where nothing must be given. */
export type GivenArgument<Key extends RouteKey> =
  Partial<Given<Key>> extends Given<Key> ? [given?: Given<Key>] : [given: Given<Key>];
/** JSON as the contract has it; text where the answer has another media type. */
export type Delivered<Key extends RouteKey> = [Answer<Key>] extends [never] ? string : Answer<Key>;

/** What an operation is given, whichever it is. */
export type Parts = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
};

/** Method and URL of an operation with its parameters filled in. */
function addressOf(key: RouteKey, { params = {}, query = {} }: Parts): { method: string; url: string } {
  const [method = 'GET', path = '/'] = key.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return { method, url: search.size === 0 ? filled : `${filled}?${search}` };
}

/** The address of something that is read, for links: downloads, exports. */
export function urlOf<Key extends Extract<RouteKey, `GET ${string}`>>(
  key: Key,
  ...[given]: GivenArgument<Key>
): string {
  return addressOf(key, given ?? {}).url;
}

/** Sends a request and gives the raw response once it is known to be good; throws ApiError for everything else. */
export function send(key: RouteKey, parts: Parts): Promise<Response> {
  const { method, url } = addressOf(key, parts);
  return fetchGood(url, method, parts);
}

/** Reads JSON from an address that is not an operation of the contract. */
export async function fetchJson<Content>(url: string): Promise<Content> {
  return (await fetchGood(url, 'GET', {})).json();
}

/** The language of the page, whatever the browser's is: what is wrong with a request is said in it. */
let asking = 'en';
export function askIn(language: string): void {
  asking = language;
}

async function fetchGood(url: string, method: string, { body, signal }: Parts): Promise<Response> {
  const language = { 'accept-language': asking };
  const content =
    body === undefined
      ? { headers: language }
      : { headers: { ...language, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, { method, signal: signal ?? null, ...content }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    noteAnswer(false);
    throw new ApiError(
      0,
      { code: 'server_unreachable', message: 'The server does not answer.', details: {} },
      { cause },
    );
  });
  noteAnswer(true);
  if (!response.ok) throw new ApiError(response.status, await errorIn(response));
  return response;
}

async function errorIn(response: Response): Promise<ErrorAnswer['error']> {
  const text = await response.text();
  try {
    const answer: ErrorAnswer = JSON.parse(text);
    return answer.error;
  } catch {
    // A proxy or a crash answers in its own words: they are all there is to show.
    return { code: 'not_json', message: text.slice(0, 300) || response.statusText, details: {} };
  }
}

/** `request` for callers that are generic over the operation themselves. */
export function call<Key extends RouteKey>(key: Key, parts: Parts): Promise<Delivered<Key>>;
export async function call(key: RouteKey, parts: Parts): Promise<unknown> {
  const response = await send(key, parts);
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  // What the contract promises is trusted from here on: the server made it with the same schemas.
  return json ? JSON.parse(text) : text === '' ? undefined : text;
}

/** Calls an operation of the contract: `request('POST /api/projects', { body: { name } })`. */
export function request<Key extends RouteKey>(key: Key, ...[given]: GivenArgument<Key>): Promise<Delivered<Key>> {
  return call(key, given ?? {});
}

/** Asks something small, only to learn whether the server answers. */
export const askWhetherThere = (): Promise<void> =>
  request('GET /api/about').then(
    () => undefined,
    () => undefined,
  );
