import { BlockList, isIP } from 'node:net';
import type { DataDestination } from '../domain/model.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** The address of a server, or null where the text is none that can be called: fetch refuses addresses that hold a user or a password. */
export function parseBaseUrl(text: string): URL | null {
  const url = URL.parse(text);
  const callable = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return callable ? url : null;
}

/** Whether what is sent there leaves this machine. */
export function destinationOf(url: URL): DataDestination {
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? 'ipv6' : 'ipv4') ? 'loopback' : 'network';
}
