import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export type Received = { url: string; body: Record<string, unknown>; headers: Record<string, unknown> };
export type Scripted = { status?: number; headers?: Record<string, string>; body?: unknown };

/** Answers each call as it is told to, with JSON unless the body is a text; for replies that the compatible server has no fault for. Closed when the test ends. */
export async function startScriptedServer(answer: (received: Received, index: number) => Scripted) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => {
      text += piece;
    });
    request.on('end', () => {
      const call = { url: request.url ?? '', body: text === '' ? {} : JSON.parse(text), headers: request.headers };
      received.push(call);
      send(response, answer(call, received.length - 1));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { received, port: address.port, baseUrl: `http://127.0.0.1:${address.port}/v1` };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Scripted) {
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
}

/** A plain chat reply. */
export const reply = (content: string | null, more: Record<string, unknown> = {}) => ({
  model: 'test-model',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 5, completion_tokens: 2 },
  ...more,
});

/** Server-sent events, and `[DONE]`. */
export const events = (...chunks: unknown[]): Scripted => ({
  headers: { 'content-type': 'text/event-stream' },
  body: [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
});
