import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { wholeFetch } from '../../server/providers/whole-fetch.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : '';
}

const post = { method: 'POST', headers: { 'x-asked': 'yes' }, body: 'Grüße' };

test('sends a text with its headers and gives status, headers and text of the answer', async () => {
  const url = await serve((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { 'x-asked': asked, 'accept-encoding': encoding } = request.headers;
      response.writeHead(418, { 'x-many': ['a', 'b'], 'retry-after': '7' });
      response.end(`${request.method} ${asked} ${encoding} ${Buffer.concat(pieces)}`);
    });
  });
  const answer = await wholeFetch(url, post);
  expect(answer.status).toBe(418);
  expect(answer.ok).toBe(false);
  expect(answer.headers.get('x-many')).toBe('a, b');
  expect(answer.headers.get('Retry-After')).toBe('7');
  expect(await answer.text()).toBe('POST yes identity Grüße');
});

test('an answer without a body, and one that leads elsewhere, come as they are', async () => {
  const url = await serve(({ url }, response) => {
    response.writeHead(url === '/none' ? 204 : 302, { location: '/none' }).end();
  });
  expect((await wholeFetch(`${url}none`, post)).status).toBe(204);
  expect((await wholeFetch(url, post)).status).toBe(302);
});

test('an answer that breaks off is an error with the code of the socket', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
  });
  await expect(wholeFetch(url, post)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
});

test.each(['before the answer', 'in the middle of it'])(
  'ends with the reason when it is aborted %s',
  async (moment) => {
    const ending = new AbortController();
    const url = await serve((_, response) => {
      if (moment !== 'before the answer') response.writeHead(200).write('half');
      setTimeout(() => ending.abort(new Error('enough')), 20);
    });
    await expect(wholeFetch(url, { ...post, signal: ending.signal })).rejects.toThrow('enough');
  },
);

test('what is no text is sent by fetch itself', async () => {
  const url = await serve((request, response) => {
    response.end(String(request.headers['content-type']));
  });
  const body = new FormData();
  body.set('file', new Blob(['a']), 'a.txt');
  expect(await (await wholeFetch(url, { method: 'POST', body })).text()).toMatch(/^multipart\/form-data; boundary=/);
  expect(await (await wholeFetch(url)).text()).toBe('undefined');
});
