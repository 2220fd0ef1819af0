import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstRules, type RedactionRules } from '../../../server/domain/redaction/rules.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
const rules: RedactionRules = {
  ...firstRules,
  detectors: ['email'],
  words: [' Müller ', 'Müller'],
  patterns: [{ name: 'order', pattern: 'ORD-\\d+' }],
  fields: [{ path: 'customer.id', action: 'drop' }],
};
const saved = { ...rules, detectors: ['api-key', 'email'], words: ['Müller'] };

beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  await seedProject(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const shown = () => server.call('GET /api/projects/:project/redaction', { params });

it('a project begins with keys taken out, and with what its scope gives reason for', async () => {
  expect(await shown()).toEqual({
    number: 0,
    fileBytes: expect.any(Number),
    rules: firstRules,
    suggested: [],
    counts: [],
    versions: [],
    stored: [],
  });
  const { scope } = await server.call('GET /api/projects/:project', { params });
  const spoken = { ...empty, ...scope, privacy: 'Reviews name customers and their IP.' };
  const { scopeVersion } = await server.call('GET /api/projects/:project', { params });
  await server.call('PUT /api/projects/:project/scope', {
    params,
    body: { scope: spoken, author: 'Ada', base: scopeVersion },
  });
  expect((await shown()).suggested).toEqual(['email', 'chinese-id', 'iban', 'credit-card', 'phone', 'ip-address']);
});

const empty = {
  problem: '',
  users: '',
  inputs: '',
  outputs: '',
  examples: [],
  mustNever: '',
  privacy: '',
  targetPassRate: null,
  minimumsByTag: [],
  maxCostUsdPer1000Calls: null,
  maxLatencyP95Ms: null,
  dataMayLeave: true,
};

it('rules are saved as versions, tidied, and hold from the next call on', async () => {
  const body = { rules, base: 0, author: 'Ada' };
  expect(await server.call('PUT /api/projects/:project/redaction', { params, body })).toEqual({
    number: 1,
    created: true,
  });
  const again = { params, body: { ...body, base: 1 } };
  expect(await server.call('PUT /api/projects/:project/redaction', again)).toEqual({ number: 1, created: false });
  expect(
    await server.refusal('PUT /api/projects/:project/redaction', { params, body: { ...body, rules: firstRules } }),
  ).toMatchObject({
    status: 409,
    code: 'redaction_changed_meanwhile',
  });
  const call = { project: 'reviews', input: { customer: { id: 7, name: 'Müller' } }, output: 'ORD-77 of a@b.org' };
  expect(await server.call('POST /api/observations', { body: call })).toMatchObject({
    input: { customer: { name: '[word]' } },
    output: '[order] of [email]',
  });
  expect(await shown()).toMatchObject({
    number: 1,
    rules: saved,
    counts: ['email', 'field', 'order', 'word'].map((name) => ({ name, count: 1 })),
    versions: [{ number: 1, rules: saved, author: 'Ada' }],
  });
});

it('rules that can not be used are refused with the one that is wrong', async () => {
  const wrong = { ...rules, patterns: [{ name: 'order', pattern: '(?<=x)y' }] };
  const refused = {
    status: 400,
    code: 'redaction_rules_invalid',
    details: { reason: { code: 'redaction_pattern_invalid' } },
  };
  const save = { params, body: { rules: wrong, base: 1, author: '' } };
  expect(await server.refusal('PUT /api/projects/:project/redaction', save)).toMatchObject(refused);
  const tried = { params, body: { text: 'x', rules: wrong } };
  expect(await server.refusal('POST /api/projects/:project/redaction/try', tried)).toMatchObject(refused);
});

it('a text is tried by the rules that hold or by others, and leaves nothing behind', async () => {
  const before = await shown();
  const text = 'ORD-1 by a@b.org';
  const held = { params, body: { text } };
  expect(await server.call('POST /api/projects/:project/redaction/try', held)).toEqual({
    text: '[order] by [email]',
    counts: [
      { name: 'order', count: 1 },
      { name: 'email', count: 1 },
    ],
  });
  const other = { params, body: { text, rules: firstRules } };
  expect(await server.call('POST /api/projects/:project/redaction/try', other)).toEqual({ text, counts: [] });
  expect(await shown()).toEqual(before);
  expect(server.log).toEqual([]);
});

it('what is stored is rewritten on demand', async () => {
  expect(await server.call('GET /api/projects/:project/redaction/stored', { params })).toEqual({ state: 'idle' });
  const begun = await server.call('POST /api/projects/:project/redaction/stored', { params, body: { author: 'Ada' } });
  expect(begun.state).toBe('running');
  await test.workbench.storedRedactions.settled();
  const done = await server.call('GET /api/projects/:project/redaction/stored', { params });
  expect(done).toMatchObject({ state: 'done', records: 1, changed: 0, matchingCases: 0, cases: [], copies: [] });
  expect(await server.call('DELETE /api/projects/:project/redaction/stored', { params })).toEqual(done);
  expect((await shown()).stored).toMatchObject([{ rules: 1, author: 'Ada', records: 1, changed: 0 }]);
});

it('only approvers change what is taken out', async () => {
  const { token } = await server.call('POST /api/people', { body: { name: 'Grace', role: 'approver' } });
  const grace = { authorization: `Bearer ${token}` };
  const add = async (role: 'viewer' | 'editor') => {
    const response = await server.send('POST /api/people', { body: { name: role, role } }, grace);
    const person: { token: string } = await response.json();
    return { authorization: `Bearer ${person.token}` };
  };
  const [editor, viewer] = [await add('editor'), await add('viewer')];
  const save = { params, body: { rules: firstRules, base: 1, author: 'Mallory' } };
  const sent = async (by: Record<string, string>) =>
    (await server.send('PUT /api/projects/:project/redaction', save, by)).status;
  expect(await sent(editor)).toBe(403);
  const tried = { params, body: { text: 'a@b.org' } };
  expect((await server.send('POST /api/projects/:project/redaction/try', tried, viewer)).status).toBe(200);
  expect(await sent(grace)).toBe(200);
  expect((await shown()).versions[0]).toMatchObject({ number: 2, author: 'Grace' });
});
