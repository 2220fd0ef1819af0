import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { SourceError } from './source-error.ts';

export type OpenOptions = {
  signal: AbortSignal;
  headers: Readonly<Record<string, string>>;
  /** Longest time until a connection stands, its name looked up and its encryption agreed on. */
  connectMs: number;
  /** Longest time without a byte. */
  silenceMs: number;
};

const mostRedirects = 5;

/** The answer to a GET, with its body still to be read; redirects are followed. Node's own client, because `fetch` has no limit for the connection alone. */
export async function openUrl(url: URL, options: OpenOptions): Promise<http.IncomingMessage> {
  let address = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await openOne(address, options);
    const { statusCode = 0 } = response;
    const { location } = response.headers;
    if (statusCode < 300 || statusCode > 399 || location === undefined) return response;
    response.destroy();
    const next = new URL(location, address);
    if (next.protocol !== 'https:' && next.protocol !== address.protocol)
      throw new SourceError(`${address.host} sends on to an address that is not secure`);
    address = next;
  }
  throw new SourceError(`${url.host} sends on and on`);
}

function openOne(url: URL, { signal, headers, connectMs, silenceMs }: OpenOptions): Promise<http.IncomingMessage> {
  const secure = url.protocol === 'https:';
  if (secure) trustSystemCertificates();
  return new Promise((resolve, reject) => {
    // An agent of its own: the person's proxy counts here, and nothing else of this process is changed.
    const agent = new (secure ? https : http).Agent({ proxyEnv: process.env });
    const sent = (secure ? https : http).request(url, { agent, headers, signal });
    const connecting = setTimeout(
      () => sent.destroy(new Error(`no connection within ${connectMs / 1000} seconds`)),
      connectMs,
    );
    const connected = () => clearTimeout(connecting);
    sent.on('socket', (socket) => {
      if (!socket.connecting) connected();
      else socket.once(secure ? 'secureConnect' : 'connect', connected);
    });
    sent.setTimeout(silenceMs, () => sent.destroy(new Error(`not a byte within ${silenceMs / 1000} seconds`)));
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.on('close', connected);
    sent.end();
  });
}

let systemTrusted = false;

/** Networks of firms and schools have certificates of their own, which the machine knows and Node does not. */
function trustSystemCertificates(): void {
  if (systemTrusted) return;
  systemTrusted = true;
  tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])]);
}
