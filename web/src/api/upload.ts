import type { Answer, ErrorAnswer } from '../../../server/http/contract/index.ts';
import { ApiError } from './client.ts';

type Uploaded = Answer<'POST /api/projects/:project/sets/upload'>;

/** Sends a file and says meanwhile which share of it is there. `fetch` tells no progress of what it sends, so this is an XMLHttpRequest. */
export function uploadFile(
  project: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  const { promise, resolve, reject } = Promise.withResolvers<Uploaded>();
  const request = new XMLHttpRequest();
  const search = new URLSearchParams({ fileName: file.name });
  request.open('POST', `/api/projects/${encodeURIComponent(project)}/sets/upload?${search}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total));
  request.addEventListener('load', () => {
    if (request.status === 200) resolve(JSON.parse(request.responseText));
    else reject(new ApiError(request.status, errorIn(request.responseText)));
  });
  const unreachable = { code: 'server_unreachable', message: 'The server does not answer.', details: {} };
  request.addEventListener('error', () => reject(new ApiError(0, unreachable)));
  request.addEventListener('abort', () => reject(signal.reason));
  signal.addEventListener('abort', () => request.abort());
  request.send(file);
  return promise;
}

function errorIn(text: string): ErrorAnswer['error'] {
  try {
    const answer: ErrorAnswer = JSON.parse(text);
    return answer.error;
  } catch {
    // Not the server's own words, but all there is to show.
    return { code: 'not_json', message: text.slice(0, 300), details: {} };
  }
}
