import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, addVersion, reviewOf, runArguments } from './sample-project.ts';

/** The waits between tries, shortened: how long they are, test/domain says. */
vi.mock('../../server/domain/backoff.ts', async (original) => {
  const backoff = await original<typeof import('../../server/domain/backoff.ts')>();
  return { ...backoff, backoffMs: (...of: Parameters<typeof backoff.backoffMs>) => backoff.backoffMs(...of) / 20 };
});

/** What a model could try: to end the element, to be markup, to name a person, and characters that XML has no place for. */
const hostile =
  ']]></failure><x a="1">&amp; \u0000\u0007\u001b[31m \ud800 \uffff @team https://evil.example `` | **bold** <img src=x>\nsecond';

let cli: CommandLine;
let server: CompatibleServer;
beforeAll(async () => {
  server = await startCompatibleServer({
    answer: ({ content }) => (reviewOf(content) === 3 ? hostile : 'positive'),
    faults: { perRequest: ({ content }) => (reviewOf(content) === 5 ? 'brokenJson' : null) },
  });
  cli = inThisProcess(await openCommandLine({ OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'k' }));
  await addSampleProject(cli, 8);
  await addVersion(cli, 'Answer positive or negative: {{text}}');
});
afterAll(() => server.close());

type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** Reads XML strictly; throws at what is not well-formed. */
function readXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += piece;
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  const [only] = root.children;
  if (only === undefined) throw new Error('there is no element');
  return only;
}

/** What an element may hold, as jenkins-junit.xsd and surefire-test-report.xsd have in common. */
const schema: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    children: ['properties', 'testcase'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name', 'value'], children: [] },
  testcase: { attributes: ['name', 'classname', 'time'], children: ['failure', 'error'] },
  failure: { attributes: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
};

function expectValid({ name, attributes, children }: Element): void {
  const allowed = schema[name];
  expect(Object.keys(attributes).sort(), name).toEqual([...(allowed?.attributes ?? [])].sort());
  const order = children.map((child) => allowed?.children.indexOf(child.name) ?? -1);
  expect(order, name).toEqual(order.filter((place) => place >= 0).toSorted());
  children.forEach(expectValid);
}

const file = (name: string) => path.join(cli.folder, name);

describe('run --junit --markdown', () => {
  it('writes what a build reads, although a gate fails', async () => {
    const base = await cli.run(...runArguments(1, '--max-errors', '50%', '--no-cache'));
    expect(base.code).toBe(0);
    const files = ['--junit', file('results.xml'), '--markdown', file('summary.md')];
    const gates = ['--baseline', '1', '--fail-under', '90%', '--max-errors', '50%'];
    const { code, stderr } = await cli.run(...runArguments(2, ...gates, ...files));
    expect(code).toBe(1);
    expect(stderr).toContain(`Wrote ${file('results.xml')}.`);

    const suites = readXml(await readFile(file('results.xml'), 'utf8'));
    expectValid(suites);
    const counts = { tests: '8', failures: '3', errors: '1' };
    expect(suites.attributes).toMatchObject(counts);
    const [suite] = suites.children;
    expect(suite?.attributes).toMatchObject({ ...counts, name: 'restaurant-reviews/classify-mood@2' });
    const cases = suite?.children.filter(({ name }) => name === 'testcase') ?? [];
    expect(cases).toHaveLength(8);
    const problems = cases.flatMap(({ attributes, children }) =>
      children.map((child) => ({ ...child, case: attributes.name })),
    );
    expect(problems.map(({ name }) => name).sort()).toEqual(['error', 'failure', 'failure', 'failure']);
    const evil = problems.find(({ text }) => text.includes('</failure>'));
    expect(evil?.text).toContain('Expected: negative\nAnswered: ]]></failure><x a="1">&amp; \ufffd\ufffd\ufffd[31m');
    expect(evil?.children).toEqual([]);
  });

  it('writes Markdown in which nothing that a model wrote is markup', async () => {
    const page = await readFile(file('summary.md'), 'utf8');
    expect(page).toMatch(/^## ❌ `classify-mood@2`: 57\.1% pass\n/);
    expect(page).toContain('- 4 of 7 passed, 95% interval 25.0% to 84.2%; 1 without an answer, **1 error**');
    expect(page).toContain('- Asked for: at least 90.0%, **missed**');
    expect(page).toMatch(/\*\*Can't tell\*\* it from version 1 \(run 1, 57\.1%\): 0 fixed, 0 broken of 7, exact p = 1/);
    expect(page).toContain('### What did not pass: 4');
    // Outside of code spans nothing of it is left.
    const outside = page.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/@team|https?:|<img|\*\*bold/);
    expect(page).toContain('@team https://evil.example');
  });

  it('is written for a run that rests, too', async () => {
    await cli.json(
      'runs',
      'show',
      '2',
      '--baseline',
      '1',
      '--markdown',
      file('later.md'),
      '--junit',
      file('later.xml'),
    );
    expect(await readFile(file('later.xml'), 'utf8')).toBe(await readFile(file('results.xml'), 'utf8'));
    expect(await readFile(file('later.md'), 'utf8')).toContain('### Against the baseline');
  });

  it('says where it can not be written, and that a batch has nothing yet', async () => {
    const nowhere = path.join(cli.folder, 'missing', 'x.xml');
    const { code, stderr } = await cli.run('runs', 'show', '1', '--junit', nowhere);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/x\.xml can't be written/)]);
    const batch = await cli.run(...runArguments(1, '--batch', '--junit', file('x.xml')));
    expect([batch.code, batch.stderr]).toEqual([2, expect.stringMatching(/--junit and --markdown need the answers/)]);
  });
});
