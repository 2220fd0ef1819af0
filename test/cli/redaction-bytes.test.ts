import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { detectingAll } from '../../server/domain/redaction/rules.ts';
import { createEnvironment } from '../../server/providers/environment.ts';
import { saveRedaction } from '../../server/services/monitor/redaction-rules.ts';
import { openWorkbench } from '../../server/services/open-workbench.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { migrations } from '../../server/storage/migrations/index.ts';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { sendRaw } from '../fixtures/http.ts';
import { peopleData } from '../fixtures/people-data.ts';
import { releasePrompts } from '../fixtures/released-prompts.ts';
import { projectRoot } from '../fixtures/workbench.ts';
import { type CommandLine, openCommandLine, type Started } from './command-line.ts';

/**
 * Data of people goes in by every way there is, requests that fail among them, and is looked for byte by byte in every file of the process: while it runs, after it
 * ended, and in the copy that an upgrade makes.
 */
let provider: CompatibleServer;
let cli: CommandLine;
let serving: Started;
let url: string;

beforeAll(async () => {
  provider = await startCompatibleServer({ answer: ({ content }) => `heard: ${content}`, refuseText: 'refuse-me' });
  cli = await openCommandLine({ OPENAI_BASE_URL: provider.baseUrl, OPENAI_API_KEY: 'test-key-1234567890' });
  await prepare();
  serving = cli.start('serve', '--no-download', '--port', '0', '--json');
  const started = Promise.withResolvers<string>();
  serving.process.stdout?.on('data', (text: string) => started.resolve(text));
  serving.ended.then(({ stderr }) => started.reject(new Error(stderr)));
  url = JSON.parse(await started.promise).url;
}, 60_000);
afterAll(async () => {
  serving.process.kill('SIGKILL');
  await provider.close();
  await cli.remove();
});

async function prepare(): Promise<void> {
  const environment = createEnvironment(path.join(cli.folder, '.env'), cli.environment);
  const { workbench, close } = await openWorkbench({
    dataDirectory: cli.data,
    programDirectory: projectRoot,
    environment,
    detection: [],
    version: '0.0.0-test',
  });
  const { project } = await releasePrompts(workbench);
  const patterns = [{ name: 'customer', pattern: 'CUST-\\d{6}' }];
  const fields = [{ path: 'customer.remark', action: 'drop' as const }];
  await saveRedaction(workbench, project, { rules: { ...detectingAll, patterns, fields }, author: 'Ada' });
  await close();
}

let people = 0;
const sent: string[] = [];
/** A text with all kinds of data of a person that nobody else is. */
const someone = (): string => {
  people += 1;
  const data = Object.values(peopleData(people));
  sent.push(...data);
  return `marker-${people} ${data.join(' ; ')}`;
};

const post = async (address: string, body: unknown, method = 'POST') => {
  const headers = { 'content-type': 'application/json' };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}${address}`, { method, headers, body: text });
  return { status: response.status, text: await response.text() };
};
const done = async (answer: ReturnType<typeof post>, expected = 200): Promise<string> => {
  const { status, text } = await answer;
  expect(status, text).toBe(expected);
  return text;
};
const refused = async (answer: ReturnType<typeof post>) => {
  const { status, text } = await answer;
  expect(status, text).toBeGreaterThanOrEqual(400);
  return status;
};

const observation = (more: object = {}) => ({
  project: 'reviews',
  input: { review: 'x' },
  output: 'positive',
  ...more,
});
const invoke = '/api/prompts/reviews/classify/production/invoke';
const chat = (content: string, more: object = {}) => ({
  model: 'reviews/classify@production',
  messages: [{ role: 'user', content }],
  ...more,
});
const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
const trace = (spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', 'reviews'), attribute('host.name', someone())] },
      scopeSpans: [{ scope: { name: 'test' }, spans }],
    },
  ],
});
const span = (id: number, attributes: object[], more: object = {}) => ({
  traceId: 'a'.repeat(32),
  spanId: String(id).padStart(16, '0'),
  name: `ask ${someone()}`,
  kind: 3,
  startTimeUnixNano: '1780000000000000000',
  endTimeUnixNano: '1780000001000000000',
  attributes,
  ...more,
});

/** Ways on which something is stored. */
async function sendWhatIsTaken(): Promise<void> {
  const text = await done(
    post('/api/observations', {
      ...observation({ output: `{"said":"${someone()}"}`, feedbackNote: someone() }),
      input: {
        [someone()]: 1,
        phone: Number(peopleData(people).phone),
        customer: { remark: 'private-remark', list: [someone()] },
      },
    }),
  );
  sent.push('private-remark');
  const { id } = JSON.parse(text);
  await done(post(`/api/observations/${id}`, { feedback: 'down', feedbackNote: someone() }, 'PATCH'));
  await done(
    post(`/api/observations/${id}/case`, { set: 'labelled', expected: someone(), tags: [someone()], author: 'Ada' }),
  );
  await done(post(invoke, { variables: { review: someone() } }));
  await done(post(invoke, { variables: { review: someone() }, stream: true }));
  await done(post('/v1/chat/completions', chat(someone())));
  await done(post('/v1/chat/completions', chat(someone(), { stream: true })));
  await done(post('/v1/chat/completions', chat('', { variables: { review: someone() } })));
  const messages = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: someone() }] }]);
  const asked = [
    ...[attribute('gen_ai.operation.name', 'chat'), attribute('gen_ai.request.model', 'gpt-5-mini')],
    ...[attribute('gen_ai.input.messages', messages), attribute('gen_ai.output.messages', messages)],
    attribute('user.id', someone()),
  ];
  const legacy = [attribute('gen_ai.system', 'openai'), attribute('gen_ai.prompt.0.content', someone())];
  const failed = {
    status: { code: 2, message: someone() },
    events: [{ name: someone(), attributes: [attribute('x', someone())] }],
  };
  await done(
    post('/v1/traces', trace([span(1, asked), span(2, legacy), span(3, [attribute('http.url', someone())], failed)])),
  );
  const failure = { status: { code: 2, message: someone() } };
  await done(post('/v1/traces', trace([span(5, [attribute('gen_ai.request.model', someone())], failure)])));
  await done(post('/api/failed-calls', { project: 'reviews', message: someone() }), 204);
  const agent = [
    ...[attribute('gen_ai.operation.name', 'chat'), attribute('gen_ai.request.model', someone())],
    ...[attribute('gen_ai.response.model', someone()), attribute('gen_ai.response.finish_reasons', someone())],
    ...[attribute('gen_ai.completion.0.content', someone()), attribute('session.id', someone())],
    attribute('gen_ai.completion.0.tool_calls.0.arguments', JSON.stringify({ to: someone() })),
  ];
  const spans = [span(4, agent, { traceId: 'b'.repeat(32) })];
  const resource = { attributes: [attribute('whetstone.project', 'reviews'), attribute('service.name', someone())] };
  await done(
    post('/v1/traces', { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: someone() }, spans }] }] }),
  );
  const { observations } = JSON.parse(await (await fetch(`${url}/api/projects/reviews/observations`)).text());
  const open = observations.filter((one: { caseKey: string | null }) => one.caseKey === null);
  await done(
    post('/api/projects/reviews/sets/labelled/observed-cases', {
      base: 2,
      tags: [],
      note: '',
      author: 'Ada',
      cases: open.map((one: { id: number }) => ({ id: one.id, expected: someone() })),
    }),
  );
  await done(post('/api/projects/reviews/redaction/try', { text: someone() }));
}

/** Ways on which nothing is, and something might be quoted. */
async function sendWhatFails(): Promise<void> {
  await refused(post('/api/observations', `{"project": "${someone()}", `));
  await refused(post('/api/observations', observation({ project: someone() })));
  await refused(post('/api/observations', observation({ [someone()]: 1 })));
  await refused(post('/api/observations', observation({ output: [someone()] })));
  await refused(post('/api/observations', nested(someone(), 50_000)));
  await refused(post('/api/observations', observation({ output: someone().repeat(20_000) })));
  await refused(post('/api/observations/9999', { feedback: 'up', feedbackNote: someone() }, 'PATCH'));
  await refused(post('/api/observations/1/case', { set: someone(), expected: someone(), author: someone() }));
  await refused(post(invoke, { variables: { other: someone() } }));
  await refused(post(invoke, { variables: { review: `refuse-me ${someone()}` } }));
  expect((await post(invoke, { variables: { review: `refuse-me ${someone()}` }, stream: true })).text).toContain(
    'refused',
  );
  await refused(post('/v1/chat/completions', chat(`refuse-me ${someone()}`)));
  await refused(post('/v1/chat/completions', chat(`refuse-me ${someone()}`, { stream: true })));
  await refused(post('/v1/chat/completions', { ...chat(someone()), model: someone() }));
  await refused(post('/v1/chat/completions', `{"messages": ["${someone()}`));
  await refused(post('/v1/traces', `{"resourceSpans": "${someone()}`));
  await refused(post('/v1/traces', { resourceSpans: someone() }));
  await refused(post('/v1/traces', trace([span(9, [], { kind: someone() })])));
  await refused(post(`/api/prompts/${encodeURIComponent(someone())}/classify/production/invoke`, { variables: {} }));
  await refused(post(`/api/nothing?of=${encodeURIComponent(someone())}`, {}));
  await refused(post(`/v1/chat/completions?of=${encodeURIComponent(someone())}`, 'null'));
  await refused(post(`/api/projects/reviews/redaction/try`, { text: someone(), rules: { detectors: [someone()] } }));
  const elsewhere = { host: 'elsewhere.example', 'content-type': 'application/json' };
  expect(
    (await sendRaw(`${url}/api/observations?${encodeURIComponent(someone())}`, { headers: elsewhere })).status,
  ).toBe(403);
}

/** A report that is deeper than what reads it can follow. */
const nested = (text: string, depth: number): string =>
  `{"project":"reviews","output":"x","input":${'{"a":'.repeat(depth)}"${text}"${'}'.repeat(depth)}}`;

/** What was written of what was sent: a file for each. */
async function files(): Promise<Map<string, Buffer>> {
  const names = await readdir(cli.folder, { recursive: true, withFileTypes: true });
  const read = names
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(cli.folder, file), await readFile(file)] as const;
    });
  return new Map(await Promise.all(read));
}

const found = (in_: ReadonlyMap<string, Buffer>) =>
  sent.flatMap((text) => [...in_].flatMap(([file, bytes]) => (bytes.includes(text) ? [`${text} in ${file}`] : [])));

it('finds nothing of it in any file, and what stands around it in the database', async () => {
  await sendWhatIsTaken();
  await sendWhatFails();
  const running = await files();
  expect([...running.keys()]).toEqual(expect.arrayContaining(['data/whetstone.db', 'data/whetstone.db-wal']));
  expect(found(running)).toEqual([]);
  expect([...running].some(([, bytes]) => bytes.includes('marker-1 [email] ; [phone] ; [chinese-id]'))).toBe(true);

  const run = await cli.json(
    'run',
    '--project',
    'reviews',
    '--prompt',
    'classify',
    '--set',
    'labelled',
    '--model',
    'openai/test-model',
    '--max-errors',
    '100%',
  );
  for (const format of ['csv', 'jsonl']) {
    await cli.run(
      'runs',
      'export',
      String(run.runId),
      '--format',
      format,
      '--out',
      path.join(cli.folder, `run.${format}`),
    );
  }
  await cli.run('runs', 'report', String(run.runId), '--out', path.join(cli.folder, 'run.html'));
  await cli.run(
    'export',
    'prompt',
    'classify@production',
    '--project',
    'reviews',
    '--format',
    'markdown',
    '--out',
    path.join(cli.folder, 'prompt.md'),
  );

  serving.process.kill('SIGTERM');
  const { stdout, stderr } = await serving.ended;
  expect(found(new Map([['what the process said', Buffer.from(stdout + stderr)]]))).toEqual([]);
  const upgraded = await openDatabase(cli.data, { ...migrations, '999-next': { up: async () => undefined } });
  await upgraded.database.destroy();
  const after = await files();
  expect([...after.keys()]).toEqual(
    expect.arrayContaining([
      'run.csv',
      'run.jsonl',
      'run.html',
      'prompt.md',
      expect.stringMatching(/^data\/backups\//),
    ]),
  );
  expect(found(after)).toEqual([]);
  expect(after.get('run.jsonl')?.includes('[credit-card]')).toBe(true);
}, 120_000);
