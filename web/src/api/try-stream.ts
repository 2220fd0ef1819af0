import type { SentBody } from '../../../server/http/contract/index.ts';
import type { TryEvent } from '../../../server/http/contract/prompts.ts';
import { send } from './client.ts';

/** Asks a model once and yields the answer as it comes. Abort the signal to stop it; problems of the request are thrown as ApiError. */
export async function* tryPrompt(
  project: string,
  body: SentBody<'POST /api/projects/:project/try'>,
  signal: AbortSignal,
): AsyncGenerator<TryEvent> {
  const response = await send('POST /api/projects/:project/try', { params: { project }, body, signal });
  if (response.body === null) return;
  let waiting = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (waiting + value).replaceAll('\r\n', '\n').split('\n\n');
    waiting = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = dataOf(block);
      if (data !== '') yield JSON.parse(data);
    }
  }
}

/** The `data` lines of one server-sent event; comments and other fields carry nothing here. */
function dataOf(block: string): string {
  const lines = block.split('\n').filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice(5).trimStart()).join('\n');
}
