import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw, serveForTest, type TestServer } from '../fixtures/http.ts';
import { openTestWorkbench, type TestWorkbench } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let port: string;

beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  port = new URL(server.url).port;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const get = (path: string, headers: Record<string, string> = {}) => sendRaw(`${server.url}${path}`, { headers });
const post = (headers: Record<string, string>, body = '{"name":"From elsewhere"}') =>
  sendRaw(`${server.url}/api/projects`, { method: 'POST', headers, body });
const codeOf = ({ text }: { text: string }) => JSON.parse(text).error.code;
const json = { 'content-type': 'application/json' };

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('may be %s with the port', async (name) => {
    expect((await get('/api/projects', { host: `${name}:${port}` })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '127.0.0.1:PORT.evil.example',
    'user@127.0.0.1:PORT',
    '0.0.0.0:PORT',
  ])('is refused as "%s", on pages and interface alike', async (host) => {
    const headers = { host: host.replace('PORT', port) };
    for (const path of ['/', '/api/projects']) {
      const response = await get(path, headers);
      expect(response.status).toBe(403);
      expect(codeOf(response)).toBe('host_refused');
    }
  });
});

describe('the Origin header', () => {
  it('may be missing, as with programs, or the origin of the server', async () => {
    expect((await get('/api/projects')).status).toBe(200);
    expect((await get('/api/projects', { origin: server.url })).status).toBe(200);
    const own = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect((await get('/api/projects', own)).status).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1:PORT', 'http://127.0.0.1:1', 'http://localhost:PORT'])(
    'is refused as "%s"',
    async (origin) => {
      const response = await post({ ...json, origin: origin.replace('PORT', port) });
      expect(response.status).toBe(403);
      expect(codeOf(response)).toBe('origin_refused');
      expect((await server.call('GET /api/projects')).projects).toEqual([]);
    },
  );

  it('is not answered with leave to read across origins, nor is a preflight', async () => {
    const response = await sendRaw(`${server.url}/api/projects`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(403);
    const allowed = await get('/api/projects', { origin: server.url });
    for (const { headers } of [response, allowed]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('Sec-Fetch-Site', () => {
  it.each(['cross-site', 'same-site'])(
    '%s is refused under /api, though a link to a page may be followed',
    async (site) => {
      const headers = { 'sec-fetch-site': site };
      for (const path of ['/api/projects', '/API/projects', '/api/openapi.json']) {
        expect(codeOf(await get(path, headers))).toBe('origin_refused');
      }
      expect((await get('/projects/reviews', headers)).status).not.toBe(403);
    },
  );

  it.each(['same-origin', 'none'])('%s is let through', async (site) => {
    expect((await get('/api/projects', { 'sec-fetch-site': site })).status).toBe(200);
  });
});

describe('a body', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'of type %s is refused: a form of any page can send it',
    async (type) => {
      const response = await post({ 'content-type': type });
      expect(response.status).toBe(415);
      expect(codeOf(response)).toBe('content_type_refused');
    },
  );

  it('without a type is refused too', async () => {
    expect((await post({})).status).toBe(415);
    expect((await server.call('GET /api/projects')).projects).toEqual([]);
  });

  it('may name its charset', async () => {
    const response = await post({ 'content-type': 'application/json; charset=utf-8' }, '{"name":"With charset"}');
    expect(response.status).toBe(200);
  });
});

describe('every answer', () => {
  it.each(['/', '/api/projects', '/api/nothing', '/assets/nothing.js'])('carries the policy: %s', async (path) => {
    const { headers } = await get(path);
    expect(headers['content-security-policy']).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});
