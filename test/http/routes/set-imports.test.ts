import { readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, ErrorAnswer } from '../../../server/http/contract/index.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
const csv = [
  'talk;review;mood',
  '1;Lovely;positive',
  '1;"Cold; late";negative',
  '2;Lovely;negative',
  '2;Lovely;positive',
  '3;The soup was cold and the waiter was rude;negative',
  '3;The soup was cold and the waiter was rude!;positive',
].join('\n');

beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  await server.call('POST /api/projects', { body: { name: 'Reviews' } });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

async function send(fileName: string, body: string): Promise<Response> {
  const address = `${server.url}/api/projects/reviews/sets/upload?fileName=${encodeURIComponent(fileName)}`;
  return fetch(address, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body });
}

/** Says how large a file is, and sends nothing of it. */
async function sendDeclared(bytes: number): Promise<ErrorAnswer & { status?: number }> {
  const sending = request(`${server.url}/api/projects/reviews/sets/upload?fileName=a.csv`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': bytes },
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sending.once('response', resolve).once('error', reject);
  sending.flushHeaders();
  const response = await promise;
  const answer = JSON.parse(await text(response));
  sending.destroy();
  return { status: response.statusCode, ...answer };
}

async function upload(fileName: string, body: string): Promise<string> {
  const response = await send(fileName, body);
  const sent: Answer<'POST /api/projects/:project/sets/upload'> = await response.json();
  expect(sent).toMatchObject({ fileName: path.basename(fileName), bytes: Buffer.byteLength(body) });
  return sent.upload;
}

describe('an uploaded file', () => {
  it('is shown as it would be read, with what is worth a look', async () => {
    const id = await upload('reviews.csv', csv);
    const roles = { talk: 'group', review: 'variable', mood: 'expected' } as const;
    const body = { upload: id, roles };
    const preview = await server.call('POST /api/projects/:project/sets/preview', { params, body });
    expect(preview).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      rows: 6,
      groups: 3,
      problemCount: 0,
      fields: [
        { name: 'talk', role: 'group', samples: ['1', '2', '3'] },
        { name: 'review', role: 'variable' },
        { name: 'mood', role: 'expected', samples: ['positive', 'negative'] },
      ],
      first: [{ line: 2, values: ['1', 'Lovely', 'positive'] }, {}, {}, {}, {}, {}],
      labels: [
        { label: 'positive', count: 3 },
        { label: 'negative', count: 3 },
      ],
      conflicts: {
        count: 1,
        examples: [
          {
            text: 'Lovely',
            answers: [
              { label: 'positive', lines: [2, 5] },
              { label: 'negative', lines: [4] },
            ],
          },
        ],
      },
      nearDuplicates: { groups: 1, cases: 2, mixed: 1, examples: [{ lines: [6, 7], mixed: true }] },
    });
  });

  it('is imported as it was mapped, once', async () => {
    const id = await upload('reviews.csv', csv);
    const about = { set: 'Mapped', holdout: 0.5, leaveOut: { conflicts: true } };
    const body = { ...about, upload: id, roles: { talk: 'group', mood: 'expected' } as const };
    const imported = await server.call('POST /api/projects/:project/sets/import-upload', { params, body });
    expect(imported).toMatchObject({ added: 3, repeated: 0 });
    const ofSet = { params: { ...params, set: 'mapped' } };
    const { cases } = await server.call('GET /api/projects/:project/sets/:set/cases', ofSet);
    expect(cases.map(({ group, variables }) => [group, Object.keys(variables)])).toEqual([
      ['1', ['review']],
      ['3', ['review']],
      ['3', ['review']],
    ]);
    expect(new Set(cases.filter(({ group }) => group === '3').map(({ split }) => split)).size).toBe(1);
    const again = await server.refusal('POST /api/projects/:project/sets/import-upload', { params, body });
    expect(again).toMatchObject({ status: 404, code: 'upload_missing' });
  });

  it('proposes the roles that the names tell, and shows what is wrong', async () => {
    const id = await upload('a.csv', 'ID,Label,tags,group_id,text\n1,x,a,g,one\n2,x,a,g,two,three\n');
    const preview = await server.call('POST /api/projects/:project/sets/preview', { params, body: { upload: id } });
    expect(preview.fields.map(({ role }) => role)).toEqual(['id', 'expected', 'tags', 'group', 'variable']);
    expect(preview.problems).toEqual([expect.objectContaining({ line: 3, column: 13 })]);
    const body = { set: 'Bad', upload: id };
    expect(await server.refusal('POST /api/projects/:project/sets/import-upload', { params, body })).toMatchObject({
      code: 'import_failed',
      details: { problems: [{ line: 3, column: 13 }] },
    });
  });

  it('is refused above the limit by the size that is declared, and leaves nothing behind', async () => {
    const refusal = { status: 413, error: { code: 'upload_too_large' } };
    expect(await sendDeclared(200 * 1024 ** 2 + 1)).toMatchObject(refusal);
    const files = await readdir(path.join(test.workbench.dataDirectory, 'uploads'));
    expect(files.length).toBeLessThanOrEqual(4);
    expect(
      await server.refusal('POST /api/projects/:project/sets/preview', {
        params,
        body: { upload: crypto.randomUUID() },
      }),
    ).toMatchObject({ code: 'upload_missing' });
  });

  it('of a kind that nobody can read is refused by its name', async () => {
    const id = await upload('../../a.pdf', 'x');
    const refusal = await server.refusal('POST /api/projects/:project/sets/preview', { params, body: { upload: id } });
    expect(refusal).toMatchObject({ status: 400, code: 'file_type_unknown' });
    expect(refusal.message).toMatch(/^a\.pdf/);
  });
});
