import type { Request, RequestHandler, Response } from 'express';
import type { Actor } from '../domain/person.ts';
import { identify } from '../services/people/identify.ts';
import type { Workbench } from '../services/workbench.ts';

const cookie = 'whetstone_person';
const known = new WeakMap<Request, () => Promise<Actor>>();

/** Lets handlers ask who sent a request; looked up only when one does, and once. */
export const identified =
  (workbench: Pick<Workbench, 'stores'>): RequestHandler =>
  (request, _response, next) => {
    let actor: Promise<Actor> | null = null;
    known.set(request, () => {
      actor ??= identify(workbench, tokenOf(request));
      return actor;
    });
    next();
  };

/** Throws `token_unknown`. */
export function actorOf(request: Request): Promise<Actor> {
  const find = known.get(request);
  if (find === undefined) throw new TypeError('the request did not pass through identified()');
  return find();
}

/** A program sends its token in a header (RFC 6750), a browser in a cookie that no script can read. */
function tokenOf(request: Request): string | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const cookies = (request.get('Cookie') ?? '').split(';').map((part) => part.trim());
  return cookies.find((part) => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1) || null;
}

const tenYears = 10 * 365 * 86_400_000;
const options = { httpOnly: true, sameSite: 'strict', path: '/api' } as const;

/** Not `Secure`: the workbench is reached over plain HTTP, and only from this machine. */
export const remember = (response: Response, token: string): Response =>
  response.cookie(cookie, token, { ...options, maxAge: tenYears });

export const forget = (response: Response): Response => response.clearCookie(cookie, options);
