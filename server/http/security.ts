import type { Request, RequestHandler } from 'express';
import { refused } from '../domain/errors.ts';
import { HttpError } from './errors.ts';

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  // The component library sets styles on elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const hostNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Lets through only what comes from this machine's own pages and programs. A page elsewhere that makes its name resolve to 127.0.0.1 (DNS rebinding)
 * shows its own name in Host; one that sends requests across shows itself in Origin and Sec-Fetch-Site, and can't send JSON without asking.
 */
export const security: RequestHandler = (request, response, next) => {
  response.set(headers);
  checkHost(request);
  checkOrigin(request);
  if (/^\/(api|v1)(\/|$)/i.test(request.path)) {
    response.set('Cache-Control', 'no-store');
    checkContentType(request);
  }
  next();
};

function checkHost(request: Request): void {
  const port = request.socket.localPort ?? 0;
  const host = (request.headers.host ?? '').toLowerCase();
  const allowed = hostNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  if (allowed.includes(host)) return;
  throw refused(
    'host_refused',
    `This server answers only to its own names on this machine. Use http://127.0.0.1:${port} as its address.`,
  );
}

function checkOrigin(request: Request): void {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host?.toLowerCase()}`) {
    throw refused('origin_refused', 'Requests from pages of other origins are refused.');
  }
  const site = request.headers['sec-fetch-site'];
  const fromElsewhere = site === 'cross-site' || site === 'same-site';
  if (fromElsewhere && /^\/(api|v1)(\/|$)/i.test(request.path)) {
    throw refused('origin_refused', 'Requests from pages of other sites are refused.');
  }
}

/** A form or a script of another origin can send other types without asking first; JSON and the type of uploaded files not (Fetch standard, "CORS-safelisted request-header"). */
function checkContentType(request: Request): void {
  const type = request.headers['content-type'];
  const bodyFollows =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (type === undefined ? !bodyFollows : /^application\/(json|octet-stream)\s*(;|$)/i.test(type)) return;
  throw new HttpError(
    415,
    'content_type_refused',
    'A body must be JSON: send it with Content-Type: application/json. A file is sent as application/octet-stream.',
  );
}
