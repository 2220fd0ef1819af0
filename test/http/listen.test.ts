import { createServer } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { listen } from '../../server/http/listen.ts';

const app = express();
app.get('/', (_request, response) => {
  response.send('here');
});

/** Something else that listens on a port. */
async function occupy(): Promise<{ port: number; free: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, free: () => server.close() };
}

describe('listen', () => {
  it('says at which address it answers', async () => {
    const { url, close } = await listen(app, { port: 0, host: '127.0.0.1' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(url)).text()).toBe('here');
    await close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each(['0.0.0.0', '192.168.1.2', '::', 'example.com', ''])('refuses to listen on "%s"', async (host) => {
    await expect(listen(app, { port: 0, host })).rejects.toMatchObject({
      code: 'host_not_loopback',
      message: expect.stringContaining('no accounts yet'),
    });
  });

  it('says what to do where the port is in use', async () => {
    const { port, free } = await occupy();
    await expect(listen(app, { port, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'port_in_use',
      message: `Port ${port} is in use. Stop what uses it or start with "npm start -- --port ${port + 1}".`,
    });
    free();
  });

  it('ends streams that are open', async () => {
    const endless = express();
    endless.get('/', (_request, response) => {
      response.write('and so on');
    });
    const { url, close } = await listen(endless, { port: 0, host: '127.0.0.1' });
    const response = await fetch(url);
    await close();
    await expect(response.text()).rejects.toThrow();
  });
});
