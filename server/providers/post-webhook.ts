import { lookup as resolve } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../domain/public-address.ts';

export type WebhookAnswer = { httpStatus: number };
export type WebhookMessage = { body: string; headers: Readonly<Record<string, string>> };
export type WebhookOptions = {
  /** Hosts, as they stand in the address, that may be on this machine or a private network. */
  privateHosts: readonly string[];
  timeoutMs: number;
  /** Finds the addresses of a name; the machine's own way unless said. */
  addressesOf?: (host: string) => Promise<readonly { address: string; family: number }[]>;
};

/** A message that did not arrive, with a reason that a person can act on. */
export class WebhookError extends Error {
  readonly code:
    | 'webhook_address_refused'
    | 'webhook_header_invalid'
    | 'webhook_host_unknown'
    | 'webhook_unreachable'
    | 'webhook_timeout';
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: WebhookError['code'], values: WebhookError['values'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WebhookError';
    this.code = code;
    this.values = values;
  }
}

/**
 * Posts JSON to an address, and gives the status that was answered. Each address of its host must be public, and the connection goes to one of those that were
 * looked at: a name that resolves to another one a moment later (DNS rebinding) leads nowhere else. Redirects are not followed. Throws `WebhookError`.
 */
export async function postWebhook(
  url: URL,
  { body, headers }: WebhookMessage,
  { privateHosts, timeoutMs, addressesOf = (host) => resolve(host, { all: true }) }: WebhookOptions,
): Promise<WebhookAnswer> {
  requireHeaders(headers);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const signal = AbortSignal.timeout(timeoutMs);
  const addresses = await addressesOf(host).catch((cause: unknown) => {
    throw new WebhookError('webhook_host_unknown', { host }, `The name ${host} can't be resolved. Check the address.`, {
      cause,
    });
  });
  const [first] = addresses;
  const refused = privateHosts.includes(host) ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
  if (first === undefined || refused !== undefined) {
    throw new WebhookError(
      'webhook_address_refused',
      { host },
      `${host} is at ${refused?.address ?? 'no address'}, which is not on the public internet. To allow it, name ${host} in WHETSTONE_PRIVATE_WEBHOOK_HOSTS.`,
    );
  }
  const lookup: LookupFunction = (_host, options, answer) =>
    options.all ? answer(null, [...addresses]) : answer(null, first.address, first.family);
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((settle, reject) => {
    const request = client.request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      lookup,
      signal,
      // Without a connection that is kept: it would outlive what was looked at.
      agent: false,
    });
    request.on('response', (response) => {
      // What it says is of no interest, however long it is.
      response.destroy();
      settle({ httpStatus: response.statusCode ?? 0 });
    });
    request.on('error', (cause: NodeJS.ErrnoException) => {
      reject(
        signal.aborted
          ? new WebhookError(
              'webhook_timeout',
              { host, seconds: timeoutMs / 1000 },
              `${host} did not answer within ${timeoutMs / 1000} s.`,
              { cause },
            )
          : new WebhookError(
              'webhook_unreachable',
              { host },
              `${host} can't be reached (${cause.code ?? cause.message}).`,
              { cause },
            ),
      );
    });
    // Such as one that would change to another protocol.
    request.on('close', () =>
      reject(new WebhookError('webhook_unreachable', { host }, `${host} closed the connection without an answer.`)),
    );
    request.end(body);
  });
}

/** A key may have been copied with the line break after it. */
function requireHeaders(headers: WebhookMessage['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      http.validateHeaderValue(name, value);
    } catch (cause) {
      const message = `What is sent as "${name}" has a character that no header can have, such as a line break. Correct the variable that holds it.`;
      throw new WebhookError('webhook_header_invalid', { name }, message, { cause });
    }
  }
}
