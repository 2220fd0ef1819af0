import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/http/app.ts';
import { contract } from '../../server/http/contract/index.ts';
import { methodAndPath } from '../../server/http/handle.ts';
import { sendRaw, serveForTest, type TestServer } from '../fixtures/http.ts';
import { scopeAsking } from '../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;

beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const post = (body: string, path = '/api/projects') =>
  sendRaw(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const errorOf = ({ status, text }: { status: number; text: string }) => ({ status, ...JSON.parse(text).error });

describe('the interface', () => {
  it.each(Object.keys(contract))('has %s', async (key) => {
    const [method, address] = methodAndPath(key);
    const response = await sendRaw(`${server.url}${address.replace(/:\w+/g, '1')}`, {
      method: method.toUpperCase(),
      // Node sends the body of a DELETE without its length: what is left of it would be taken for the next request.
      headers: { 'content-type': 'application/json', 'content-length': '2' },
      body: '{}',
    });
    expect(response.text).not.toContain('route_missing');
  });

  it('has no operation that the contract does not name, but for its own description', () => {
    const app = createApp(test.workbench, { pages: path.sep, log: pino({ enabled: false }) });
    const mounted = app.router.stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(({ method }) => `${method.toUpperCase()} ${route?.path}`),
    );
    const ofInterface = new Set(mounted.filter((key) => key.includes(' /api/')));
    expect([...ofInterface].sort()).toEqual([...Object.keys(contract), 'GET /api/openapi.json'].sort());
  });

  it('describes itself', async () => {
    const { status, text } = await sendRaw(`${server.url}/api/openapi.json`, {});
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ openapi: '3.1.0', info: { version: '0.0.0-test' } });
  });

  it('has nothing else', async () => {
    for (const address of ['/api', '/api/', '/api/nothing', '/api/projects/a/nothing', '/api/../api/nothing']) {
      expect(errorOf(await sendRaw(`${server.url}${address}`, {}))).toMatchObject({
        status: 404,
        code: 'route_missing',
      });
    }
    const wrongMethod = await sendRaw(`${server.url}/api/projects`, { method: 'DELETE' });
    expect(errorOf(wrongMethod)).toMatchObject({ status: 404, code: 'route_missing' });
  });
});

describe('a request that is not as it should be', () => {
  it('is told so in Chinese to who reads Chinese', async () => {
    const response = await fetch(`${server.url}/api/projects`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'zh-CN' },
      body: '{"name":5}',
    });
    expect(await response.json()).toMatchObject({
      error: {
        code: 'request_invalid',
        details: { problems: [{ field: 'body.name', message: '无效输入：期望 string，实际接收 数字' }] },
      },
    });
  });

  it('is refused with every field that is wrong and what it should be', async () => {
    const refusal = await server.refusal('POST /api/projects', { body: JSON.parse('{"name":5,"colour":"red"}') });
    expect(refusal).toMatchObject({ status: 400, code: 'request_invalid' });
    expect(refusal.message).toContain('body.name: Invalid input: expected string, received number');
    expect(refusal.details.problems).toEqual([
      { field: 'body.name', message: 'Invalid input: expected string, received number' },
      { field: 'body', message: 'Unrecognized key: "colour"' },
    ]);
  });

  it('names fields deep inside, and those of path and query', async () => {
    const scope = { ...scopeAsking(), targetPassRate: 2 };
    const deep = await server.refusal('PUT /api/projects/:project/scope', {
      params: { project: 'p' },
      body: { scope },
    });
    expect(deep.message).toContain('body.scope.targetPassRate: Too big: expected number to be <=1');
    const inPath = errorOf(await sendRaw(`${server.url}/api/runs/abc`, {}));
    expect(inPath.message).toContain('path.run: Invalid input: expected number');
    const inQuery = errorOf(await sendRaw(`${server.url}/api/runs/1/results?limit=9999&outcome=maybe`, {}));
    expect(inQuery.details.problems.map(({ field }: { field: string }) => field)).toEqual([
      'query.outcome',
      'query.limit',
    ]);
  });

  it('is refused where the body is missing or not JSON', async () => {
    expect(errorOf(await post(''))).toMatchObject({ status: 400, code: 'request_invalid' });
    for (const body of ['{"name": ', 'name=x', '"text"', '{"name":"\u0000"']) {
      expect(errorOf(await post(body))).toMatchObject({ status: 400, code: 'json_invalid' });
    }
  });

  it('is refused where the body is too large, and a file may be larger', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(3 * 1024 ** 2) });
    expect(errorOf(await post(large))).toMatchObject({
      status: 413,
      code: 'body_too_large',
      details: { limit: 2 * 1024 ** 2 },
    });
    expect(errorOf(await post(large, '/api/projects/nothing/sets/import')).code).toBe('request_invalid');
  });

  it('is refused where its JSON is nested without an end', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const body = `{"project": "p", "input": {"a": ${deep}}, "output": "o"}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/api/observations`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'json_too_deep' } });
  });

  it('is refused where the address can not be read', async () => {
    expect(errorOf(await sendRaw(`${server.url}/api/projects/%E0%A4%A`, {}))).toMatchObject({
      status: 400,
      code: 'request_unreadable',
    });
  });
});

describe('an error that nobody foresaw', () => {
  it('goes to the log, and is answered without its internals', async () => {
    const broken = { ...test.workbench.stores.projects, list: () => Promise.reject(new Error('secret detail')) };
    const stores = {
      ...test.workbench.stores,
      projects: Object.assign(Object.create(test.workbench.stores.projects), broken),
    };
    const other = await serveForTest({ ...test.workbench, stores });
    const refusal = await other.refusal('GET /api/projects');
    await other.close();
    expect(refusal).toMatchObject({ status: 500, code: 'internal_error', details: {} });
    expect(refusal.message).not.toContain('secret detail');
    expect(other.log.join('')).toContain('secret detail');
  });
});

describe('the pages', () => {
  let pages: string;
  let built: TestServer;
  beforeAll(async () => {
    pages = await mkdtemp(path.join(tmpdir(), 'whetstone-pages-'));
    await mkdir(path.join(pages, 'assets'));
    await writeFile(path.join(pages, 'index.html'), '<!doctype html><title>Whetstone</title>');
    await writeFile(path.join(pages, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(path.join(pages, '.built-from'), 'internal');
    await writeFile(path.join(pages, 'assets', 'index-a1b2c3.js'), 'export {};');
    built = await serveForTest(test.workbench, { pages });
  });
  afterAll(async () => {
    await built.close();
    await rm(pages, { recursive: true });
  });
  const get = (address: string, method = 'GET') => sendRaw(`${built.url}${address}`, { method });

  it.each(['/', '/index.html', '/projects/reviews/runs/3', '/api-docs', '/.built-from'])(
    'have one page, never stored, for %s',
    async (address) => {
      const { status, headers, text } = await get(address);
      expect(status).toBe(200);
      expect(text).toContain('<title>Whetstone</title>');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
    },
  );

  it('have assets whose names carry their content, kept for good', async () => {
    const { status, headers } = await get('/assets/index-a1b2c3.js');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toContain('javascript');
  });

  it('have other files, asked about each time', async () => {
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('answer an asset of another version with an error, not with the page', async () => {
    const { status, text } = await get('/assets/index-old.js');
    expect(status).toBe(404);
    expect(JSON.parse(text).error.code).toBe('page_missing');
  });

  it('do not leave their folder', async () => {
    for (const address of ['/..%2f..%2fetc/passwd', '/assets/..%2f..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd']) {
      expect((await get(address)).text).not.toContain('root:');
    }
  });

  it('are only read', async () => {
    expect((await get('/projects', 'POST')).status).toBe(404);
    expect(await get('/projects', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('say how they are built where they are not', async () => {
    const { status, headers, text } = await sendRaw(`${server.url}/`, {});
    expect(status).toBe(503);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toContain('npm start');
  });
});
