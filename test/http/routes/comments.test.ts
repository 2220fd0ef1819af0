import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyScope } from '../../../server/domain/scope.ts';
import type { SentBody } from '../../../server/http/contract/index.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

let lab: RunLab;
let server: TestServer;
beforeAll(async () => {
  lab = await openRunLab({ cases: 4, server: { answer: () => 'positive' } });
  server = await serveForTest(lab.workbench);
});
afterAll(async () => {
  await server.close();
  await lab.close();
});

type Subject = SentBody<'POST /api/comments'>['subject'];
const project = { project: 'reviews' };
const set = { ...project, set: 'reviews' };
const atCase: Subject = { kind: 'case', ...set, key: 'case-1' };
const say = (subject: Subject, text = 'Why?', author = 'Ada') =>
  server.call('POST /api/comments', { body: { subject, text, author } });
const refused = (subject: Subject, text = 'Why?') =>
  server.refusal('POST /api/comments', { body: { subject, text, author: '' } });

async function newRun() {
  const { id: run } = await lab.run();
  const { results } = await server.call('GET /api/runs/:run/results', { params: { run }, query: {} });
  const ofCase = (key: string) => results.find(({ caseKey }) => caseKey === key)?.id ?? 0;
  return { run, result: ofCase('case-1'), other: ofCase('case-2') };
}

it('a run, a result and a case each have their comments; with a result those of its case are read', async () => {
  const { run, result, other } = await newRun();
  const atRun = await say({ kind: 'run', run }, '<script>alert(1)</script>\n  second line');
  const atResult = await say({ kind: 'result', result });
  const ofCase = await say(atCase, '标注可疑', '');
  expect(atRun).toMatchObject({
    subject: { kind: 'run', run },
    text: '<script>alert(1)</script>\n  second line',
    author: 'Ada',
    editedAt: null,
    resolved: null,
  });
  expect(await server.call('GET /api/runs/:run/comments', { params: { run } })).toEqual({ comments: [atRun] });
  const ofResult = await server.call('GET /api/results/:id/comments', { params: { id: result } });
  expect(ofResult).toEqual({ comments: [atResult, ofCase] });
  expect(ofCase.subject).toEqual(atCase);
  const report = await server.send('GET /api/runs/:run/report', { params: { run }, query: { language: 'en' } });
  expect(await report.text()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\n  second line');
  const query = { case: 'case-1' };
  const read = await server.call('GET /api/projects/:project/sets/:set/comments', { params: set, query });
  expect(read).toEqual({ comments: [ofCase] });
  expect(await server.call('GET /api/results/:id/comments', { params: { id: other } })).toEqual({ comments: [] });
  const { runs } = await server.call('GET /api/projects/:project/comment-counts', { params: project });
  expect(runs).toEqual([{ run, comments: 2, open: 2 }]);
  const { results } = await server.call('GET /api/runs/:run/comment-counts', { params: { run } });
  expect(results).toEqual([{ result, comments: 2, open: 2 }]);
  const { cases } = await server.call('GET /api/projects/:project/sets/:set/comment-counts', { params: set });
  expect(cases).toEqual([{ key: 'case-1', comments: 1, open: 1 }]);
  await server.call('DELETE /api/comments/:id', { params: { id: ofCase.id } });
});

it('a comment is edited, settled, opened again and deleted for good', async () => {
  const { run } = await newRun();
  const { id } = await say({ kind: 'run', run });
  const params = { id };
  const change = (body: SentBody<'PATCH /api/comments/:id'>) =>
    server.call('PATCH /api/comments/:id', { params, body });
  expect(await change({ text: 'Why?', author: 'Grace' })).toMatchObject({ editedAt: null });
  expect(await change({ text: 'Because.', author: 'Grace' })).toMatchObject({
    text: 'Because.',
    author: 'Ada',
    editedAt: expect.any(String),
  });
  expect(await change({ resolved: true, author: 'Grace' })).toMatchObject({ resolved: { by: 'Grace' } });
  expect(await change({ resolved: false })).toMatchObject({ resolved: null, text: 'Because.' });
  await server.call('DELETE /api/comments/:id', { params });
  const gone = { status: 404, code: 'comment_missing' };
  expect(await server.refusal('DELETE /api/comments/:id', { params })).toMatchObject(gone);
  expect(await server.refusal('PATCH /api/comments/:id', { params, body: { text: 'late' } })).toMatchObject(gone);
  expect(await server.call('GET /api/runs/:run/comments', { params: { run } })).toEqual({ comments: [] });
});

it('a scope has its comments once it is saved, each with the version that it was written under', async () => {
  const subject: Subject = { kind: 'scope', ...project };
  const comments = async () =>
    (await server.call('GET /api/projects/:project/scope/comments', { params: project })).comments;
  const { stores } = lab.workbench;
  const found = await stores.projects.find('reviews');
  if (found === null) throw new Error('the lab has it');
  const save = (users: string) => stores.projects.saveScope(found.id, { ...emptyScope, users }, 'Ada');
  expect(await comments()).toEqual([]);
  expect(await refused(subject)).toMatchObject({ status: 409, code: 'scope_not_written' });
  expect(await refused({ kind: 'scope', project: 'nothing' })).toMatchObject({ code: 'project_missing' });
  const { number } = await save('Guests');
  const first = await say(subject, 'And the owners?');
  expect(first).toMatchObject({ subject: { kind: 'scope', project: 'reviews', version: number }, author: 'Ada' });
  await save('Guests and owners');
  const second = await say(subject, 'Better.', 'Grace');
  expect(second.subject).toMatchObject({ version: number + 1 });
  expect(await comments()).toEqual([first, second]);
  await server.call('PATCH /api/comments/:id', { params: { id: first.id }, body: { resolved: true, author: 'Grace' } });
  expect(await comments()).toMatchObject([{ resolved: { by: 'Grace' } }, { resolved: null }]);
});

it('what is not there has no comments, and none can be written', async () => {
  expect(await refused({ kind: 'run', run: 9999 })).toMatchObject({ status: 404, code: 'run_missing' });
  expect(await refused({ kind: 'result', result: 9999 })).toMatchObject({ status: 404, code: 'result_missing' });
  expect(await refused({ ...atCase, key: 'nobody' })).toMatchObject({ status: 404, code: 'case_missing' });
  expect(await refused({ ...atCase, set: 'nothing' })).toMatchObject({ status: 404, code: 'eval_set_missing' });
  expect(await refused({ ...atCase, project: 'nothing' })).toMatchObject({ status: 404, code: 'project_missing' });
  const missing = { status: 404 };
  expect(await server.refusal('GET /api/runs/:run/comments', { params: { run: 9999 } })).toMatchObject(missing);
  expect(await server.refusal('GET /api/runs/:run/comment-counts', { params: { run: 9999 } })).toMatchObject(missing);
  expect(await server.refusal('GET /api/results/:id/comments', { params: { id: 9999 } })).toMatchObject(missing);
});

it('a comment says something, in five thousand characters at most, and keeps no key', async () => {
  const subject = { kind: 'run' as const, run: (await newRun()).run };
  for (const text of ['', ' \n ', 'x'.repeat(5001)]) {
    expect(await refused(subject, text)).toMatchObject({ status: 400, code: 'request_invalid' });
  }
  expect((await say(subject, 'x'.repeat(5000))).text).toHaveLength(5000);
  const key = `sk-${'a1'.repeat(10)}`;
  const { id, text } = await say(subject, `It sends ${key} along.`);
  expect(text).toBe('It sends •••• along.');
  const body = { text: `Still ${key}` };
  expect((await server.call('PATCH /api/comments/:id', { params: { id }, body })).text).toBe('Still ••••');
});

it('comments stay with a case over versions and with a result that is asked for again, and go with their run', async () => {
  const { run, result } = await newRun();
  await say({ kind: 'run', run });
  const atResult = await say({ kind: 'result', result });
  const ofCase = await say(atCase);
  const change = { type: 'remove' as const, key: 'case-1' };
  const body = { base: 1, note: '', author: '', changes: [change] };
  await server.call('POST /api/projects/:project/sets/:set/changes', { params: set, body });
  const again = await server.call('POST /api/results/:id/retry', { params: { id: result } });
  expect(again.id).not.toBe(result);
  const read = await server.call('GET /api/results/:id/comments', { params: { id: again.id } });
  expect(read).toEqual({ comments: [atResult, ofCase] });
  const dependents = await server.call('GET /api/runs/:run/dependents', { params: { run } });
  expect(dependents).toMatchObject({ comments: 2 });
  await server.call('DELETE /api/runs/:run', { params: { run }, body: {} });
  expect(await server.refusal('PATCH /api/comments/:id', { params: { id: atResult.id }, body: {} })).toMatchObject({
    code: 'comment_missing',
  });
  const query = { case: 'case-1' };
  expect(await server.call('GET /api/projects/:project/sets/:set/comments', { params: set, query })).toEqual({
    comments: [ofCase],
  });
});
