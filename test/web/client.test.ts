import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, request, urlOf } from '../../web/src/api/client.ts';
import { tryPrompt } from '../../web/src/api/try-stream.ts';

const calls: { url: string; init: RequestInit }[] = [];

/** Answers the next requests; the contract's paths are relative to the page, which Node has none of. */
function answer(respond: () => Response): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return respond();
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  calls.length = 0;
});

const json =
  (content: unknown, status = 200) =>
  () =>
    Response.json(content, { status });

describe('a request', () => {
  it('fills the path, leaves out what is not asked and sends the body as JSON', async () => {
    answer(json({ cases: [], count: 0, after: null }));
    const params = { project: 'a b', set: 'ü' };
    await request('GET /api/projects/:project/sets/:set/cases', { params, query: { search: 'x&y', tag: undefined } });
    expect(calls[0]?.url).toBe('/api/projects/a%20b/sets/%C3%BC/cases?search=x%26y');

    answer(json({}));
    await request('POST /api/projects', { body: { name: 'New' } });
    expect(calls[1]?.init).toMatchObject({ method: 'POST', body: '{"name":"New"}' });
  });

  it('gives nothing for 204 and text for other media types', async () => {
    answer(() => new Response(null, { status: 204 }));
    expect(await request('DELETE /api/connections/:slug', { params: { slug: 'lab' } })).toBeUndefined();
    answer(() => new Response('name: x', { headers: { 'content-type': 'text/plain' } }));
    const params = { project: 'p', prompt: 'q' };
    const text = await request('GET /api/projects/:project/prompts/:prompt/export', {
      params,
      query: { format: 'prompt.yml' },
    });
    expect(text).toBe('name: x');
  });

  it('throws what the server said, with its code', async () => {
    answer(json({ error: { code: 'run_missing', message: 'There is no run 9.', details: { id: 9 } } }, 404));
    const error = await request('GET /api/runs/:run', { params: { run: 9 } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'run_missing', status: 404, details: { id: 9 } });
  });

  it('has codes of its own for a server that is gone and an answer that is not ours', async () => {
    answer(() => {
      throw new TypeError('fetch failed');
    });
    await expect(request('GET /api/projects')).rejects.toMatchObject({ code: 'server_unreachable', status: 0 });
    answer(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(request('GET /api/projects')).rejects.toMatchObject({ code: 'not_json', status: 502 });
  });

  it('has an address for links', () => {
    const params = { project: 'p', prompt: 'q' };
    expect(urlOf('GET /api/projects/:project/prompts/:prompt/export', { params, query: { format: 'openai' } })).toBe(
      '/api/projects/p/prompts/q/export?format=openai',
    );
  });
});

it('reads a streamed answer event by event, wherever the pieces break', async () => {
  const sent =
    ': hello\n\nevent: text\ndata: {"type":"text","text":"位"}\n\nevent: done\r\ndata: {"type":"done","output":"位"}\r\n\r\n';
  const bytes = new TextEncoder().encode(sent);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  answer(() => new Response(stream));
  const events = [];
  const body = {
    content: { messages: [], parameters: {}, responseFormat: { type: 'text' as const } },
    variables: {},
    model: 'm',
  };
  for await (const event of tryPrompt('p', body, new AbortController().signal)) events.push(event);
  expect(events).toEqual([
    { type: 'text', text: '位' },
    { type: 'done', output: '位' },
  ]);
});
