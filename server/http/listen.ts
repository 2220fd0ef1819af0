import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Application } from 'express';
import { conflict, refused, unavailable } from '../domain/errors.ts';

export type Listening = {
  url: string;
  /** Ends open connections, event streams among them. */
  close(): Promise<void>;
};

const loopbackHosts = ['127.0.0.1', 'localhost', '::1'];

/** Listens on this machine only. Throws `host_not_loopback`, `port_in_use`, `port_unavailable`. */
export async function listen(app: Application, { port, host }: { port: number; host: string }): Promise<Listening> {
  if (!loopbackHosts.includes(host)) {
    throw refused(
      'host_not_loopback',
      `Whetstone listens on this machine only, because it has no accounts yet: whoever reached it from ${host} could do everything. Leave --host out.`,
    );
  }
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, port)));
    server.listen(port, host, resolve);
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}

function cannotListen(cause: NodeJS.ErrnoException, port: number): Error {
  const other = port < 65_535 ? port + 1 : 4300;
  const remedy = `start with "npm start -- --port ${other}"`;
  if (cause.code === 'EADDRINUSE') {
    return conflict('port_in_use', `Port ${port} is in use. Stop what uses it or ${remedy}.`, { cause });
  }
  return unavailable('port_unavailable', `Port ${port} can't be used (${cause.message}). Instead, ${remedy}.`, {
    cause,
  });
}
