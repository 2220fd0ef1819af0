import type { Response } from 'express';

const heartbeatMs = 15_000;

/** One server-sent event; `id` is what a browser that lost the connection names when it comes back. */
export type StreamedEvent = { type: string; id?: number; data: unknown };

export type EventStream = {
  send(event: StreamedEvent): void;
  end(): void;
  /** Aborted when the client is gone or the stream ended. */
  readonly signal: AbortSignal;
};

/** Answers with server-sent events (HTML standard, section 9.2). A comment now and then shows that the connection lives. */
export function openEventStream(response: Response): EventStream {
  const closed = new AbortController();
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': here\n\n'), heartbeatMs);
  response.once('close', () => {
    clearInterval(heartbeat);
    closed.abort();
  });
  return {
    send({ type, id, data }) {
      if (closed.signal.aborted) return;
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end: () => response.end(),
    signal: closed.signal,
  };
}
