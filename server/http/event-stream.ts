import type { Response } from 'express';

const heartbeatMs = 15_000;

/** One server-sent event; `id` is what a browser that lost the connection names when it comes back. */
export type StreamedEvent = { type: string; id?: number; data: unknown };

export type EventStream = {
  send(event: StreamedEvent): void;
  end(): void;
  readonly signal: AbortSignal;
};

/** Aborted when the client is gone or has its whole answer. */
export function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  if (response.closed) gone.abort();
  response.once('close', () => gone.abort());
  return gone.signal;
}

/** Answers with server-sent events (HTML standard, section 9.2). A comment now and then shows that the connection lives. */
export function openEventStream(response: Response): EventStream {
  const signal = goneSignal(response);
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': here\n\n'), heartbeatMs);
  signal.addEventListener('abort', () => clearInterval(heartbeat));
  return {
    send({ type, id, data }) {
      if (signal.aborted) return;
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end: () => response.end(),
    signal,
  };
}

/** Answers with events of a type each, as they come. */
export async function streamAnswer(events: AsyncIterable<{ type: string }>, response: Response): Promise<void> {
  const stream = openEventStream(response);
  try {
    for await (const event of events) stream.send({ type: event.type, data: event });
  } catch (error) {
    // Who asked has left, and the call was ended with it.
    if (!stream.signal.aborted) throw error;
  }
  stream.end();
}
