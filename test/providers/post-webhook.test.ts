import { createServer, type IncomingMessage, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postWebhook } from '../../server/providers/post-webhook.ts';

let server: Server;
let port: number;
let answer: (request: IncomingMessage, body: string) => { status: number; headers?: Record<string, string> } | null;
const seen: { url: string | undefined; headers: IncomingMessage['headers']; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ url: request.url, headers: request.headers, body });
    const given = answer(request, body);
    if (given !== null) response.writeHead(given.status, given.headers).end('what it says');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const message = { body: '{"text":"hello"}', headers: { 'webhook-id': 'm1' } };
const post = (address: string, more: Partial<Parameters<typeof postWebhook>[2]> = {}) =>
  postWebhook(new URL(address), message, { privateHosts: [], timeoutMs: 2000, ...more });

describe('postWebhook', () => {
  it('posts JSON to a host that is allowed, and gives the status', async () => {
    answer = () => ({ status: 204 });
    expect(await post(`http://127.0.0.1:${port}/hook?x=1`, { privateHosts: ['127.0.0.1'] })).toEqual({
      httpStatus: 204,
    });
    const { url, headers, body } = seen.at(-1) ?? { url: '', headers: {}, body: '' };
    expect([url, body]).toEqual(['/hook?x=1', message.body]);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'm1' });
  });

  it.each([
    ...[
      'http://127.0.0.1',
      'http://localhost',
      'http://2130706433',
      'http://0x7f.1',
      'http://0177.0.0.1',
      'http://127.1',
    ],
    ...['http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://[::ffff:7f00:1]', 'http://0.0.0.0', 'http://[::]'],
    ...[
      'http://169.254.169.254',
      'http://10.0.0.1',
      'http://192.168.1.1',
      'http://[fe80::1]',
      'http://[fd00:ec2::254]',
    ],
  ])('refuses %s, and no connection is made', async (address) => {
    const before = seen.length;
    const refusal = { name: 'WebhookError', code: 'webhook_address_refused' };
    await expect(post(`${address}:${port}/`)).rejects.toMatchObject(refusal);
    expect(seen.length).toBe(before);
  });

  it('refuses a name one of whose addresses is private, and connects to the address that was looked at', async () => {
    answer = () => ({ status: 200 });
    const loopback = { address: '127.0.0.1', family: 4 };
    const mixed = async () => [{ address: '8.8.8.8', family: 4 }, loopback];
    await expect(post(`http://rebind.example:${port}/`, { addressesOf: mixed })).rejects.toMatchObject({
      code: 'webhook_address_refused',
    });
    let asked = 0;
    const once = async () => {
      asked++;
      return [loopback];
    };
    const allowed = { privateHosts: ['rebind.example'], addressesOf: once };
    expect(await post(`http://rebind.example:${port}/`, allowed)).toEqual({ httpStatus: 200 });
    expect(asked).toBe(1);
    expect(seen.at(-1)?.headers.host).toBe(`rebind.example:${port}`);
  });

  it('follows no redirect', async () => {
    answer = ({ url }) =>
      url === '/' ? { status: 302, headers: { location: `http://127.0.0.1:${port}/elsewhere` } } : { status: 200 };
    expect(await post(`http://127.0.0.1:${port}/`, { privateHosts: ['127.0.0.1'] })).toEqual({ httpStatus: 302 });
    expect(seen.at(-1)?.url).toBe('/');
  });

  it('gives up on one that does not answer, and on one that is not there', async () => {
    answer = () => null;
    const allowed = { privateHosts: ['127.0.0.1'] };
    await expect(post(`http://127.0.0.1:${port}/`, { ...allowed, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'webhook_timeout',
    });
    await expect(post('http://127.0.0.1:1/', allowed)).rejects.toMatchObject({ code: 'webhook_unreachable' });
    const unknown = () => Promise.reject(new Error('ENOTFOUND'));
    await expect(post('http://nowhere.example/', { addressesOf: unknown })).rejects.toMatchObject({
      code: 'webhook_host_unknown',
    });
  });

  it('ends where the host changes to another protocol in place of an answer', async () => {
    const raw = net.createServer((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
      ),
    );
    await new Promise<void>((listening) => raw.listen(0, '127.0.0.1', listening));
    const { port: rawPort } = raw.address() as AddressInfo;
    const sent = post(`http://127.0.0.1:${rawPort}`, { privateHosts: ['127.0.0.1'] });
    await expect(sent).rejects.toMatchObject({ code: 'webhook_unreachable' });
    raw.close();
  });

  it('says which header can’t be sent, and not what it holds', async () => {
    const headers = { authorization: 'Bearer t0ken\nx: y' };
    const sent = postWebhook(
      new URL(`http://127.0.0.1:${port}`),
      { ...message, headers },
      { privateHosts: ['127.0.0.1'], timeoutMs: 2000 },
    );
    await expect(sent).rejects.toMatchObject({
      code: 'webhook_header_invalid',
      message: expect.not.stringContaining('t0ken'),
    });
  });
});
