import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, addVersion, inProject, labelOf, reviewOf, runArguments } from './sample-project.ts';

let server: CompatibleServer;
let spawned: CommandLine;
let cli: CommandLine;
beforeEach(async () => {
  server = await startCompatibleServer({ answer: ({ content }) => labelOf(reviewOf(content)) });
  spawned = await openCommandLine({ OPENAI_BASE_URL: server.baseUrl });
  cli = inThisProcess(spawned);
});
afterEach(async () => {
  await spawned.remove();
  await server.close();
});

const failure = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli.run(...args, '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error;
};

describe('projects', () => {
  test('are made and listed; names are slugs or as written', async () => {
    expect(await cli.json('project', 'create', '餐厅 Reviews')).toMatchObject({
      slug: '餐厅-reviews',
      name: '餐厅 Reviews',
    });
    expect(await cli.json('project', 'list')).toEqual({
      projects: [{ slug: '餐厅-reviews', name: '餐厅 Reviews', createdAt: expect.any(String) }],
    });
    expect(await cli.json('evals', 'list', '--project', '餐厅 reviews')).toEqual({ sets: [] });
    expect(await failure('project', 'create', '餐厅 Reviews')).toMatchObject({ code: 'project_exists' });
    expect(await failure('evals', 'list', '--project', 'x')).toMatchObject({ code: 'project_missing' });
  });

  test('--data goes before WHETSTONE_DATA, wherever it is written', async () => {
    const elsewhere = path.join(spawned.folder, 'else where');
    await spawned.json('--data', elsewhere, 'project', 'create', 'There');
    expect(await spawned.json('project', 'list')).toEqual({ projects: [] });
    expect(await spawned.json('project', 'list', '--data', elsewhere)).toMatchObject({ projects: [{ slug: 'there' }] });
  });
});

describe('evaluation sets', () => {
  beforeEach(() => cli.json('project', 'create', 'Restaurant reviews'));
  // Too short to resemble one another.
  const rows = Array.from({ length: 40 }, (_, index) => `${index},Place ${index * 7919},${labelOf(index)}`);

  test('a CSV is imported with a holdout, and again without anything new', async () => {
    const file = await cli.file('reviews.csv', ['id,text,label', ...rows].join('\n'));
    const args = inProject('evals', 'import', file, '--set', 'Short reviews', '--input', 'text', '--expected', 'label');
    expect(await cli.json(...args)).toMatchObject({
      set: 'short-reviews',
      version: 1,
      caseCount: 40,
      added: 40,
      dev: 32,
      holdout: 8,
    });
    expect(await cli.json(...args)).toMatchObject({ version: 1, added: 0, unchanged: 40 });
    expect(await cli.json(...inProject('evals', 'list'))).toMatchObject({
      sets: [{ slug: 'short-reviews', caseCount: 40 }],
    });
  });

  test('a classifier learns the labels of a set, or it is said why none can', async () => {
    const short = Array.from({ length: 40 }, (_, index) => `${index},Dish ${index * 7919},${labelOf(index)}`);
    const file = await cli.file('reviews.csv', ['id,text,label', ...short].join('\n'));
    await cli.json(...inProject('evals', 'import', file, '--set', 'Short reviews'));
    expect(await cli.json(...inProject('evals', 'baseline'))).toMatchObject({
      set: 'short-reviews',
      baseline: { labelsUsed: 32, dev: { n: 32 }, holdout: { n: 8 } },
      prompt: null,
    });
    const { stdout } = await cli.run(...inProject('evals', 'baseline', '--set', 'Short reviews'));
    expect(stdout).toMatch(/labels learnt +32\n/);
    const few = await cli.file('few.csv', ['id,text,label', ...short.slice(0, 12)].join('\n'));
    await cli.json(...inProject('evals', 'import', few, '--set', 'few'));
    const refused = await failure(...inProject('evals', 'baseline', '--set', 'few'));
    expect(refused).toMatchObject({ code: 'baseline_label_too_rare', details: { needed: 10 } });
  });

  test('labels that are likely wrong are listed, with the reasons', async () => {
    const text = Array.from({ length: 40 }, (_, index) => {
      const label = index === 4 ? 'negative' : labelOf(index);
      return `${index},${labelOf(index) === 'positive' ? 'A lovely good' : 'An awful bad'} dish${index},${label}`;
    });
    const file = await cli.file('reviews.csv', ['id,text,label', ...text].join('\n'));
    await cli.json(...inProject('evals', 'import', file, '--set', 'Short reviews', '--holdout', '0'));
    const audit = inProject('evals', 'audit', '--set', 'Short reviews', '--limit', '3');
    expect(await cli.json(...audit)).toMatchObject({
      set: 'short-reviews',
      cases: 40,
      suspects: [{ key: '4', label: 'negative', suggestion: 'positive' }],
    });
    const { stdout } = await cli.run(...audit);
    expect(stdout).toMatch(/^4 +negative +positive +\d/m);
    expect(await failure(...inProject('evals', 'audit', '--set', 'none'))).toMatchObject({ code: 'eval_set_missing' });
  });

  test('a bad row is named with file and line, and nothing is imported', async () => {
    const file = await cli.file('bad.csv', 'text,label\ngood,positive\n"bad,negative\n');
    const { code, stdout, stderr } = await cli.run(...inProject('evals', 'import', file, '--set', 'reviews'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/bad\.csv:3/);
    const lines = await cli.file('bad.jsonl', '{"text":"good","label":"positive"}\n{"text":\nno JSON\n');
    const both = await cli.run(...inProject('evals', 'import', lines, '--set', 'reviews'));
    expect(both.stderr).toMatch(/^Error: .*bad\.jsonl:2.*\n {2}line 3.*: .+\n$/);
    const error = await failure(...inProject('evals', 'import', lines, '--set', 'reviews'));
    expect(error).toMatchObject({
      code: 'import_failed',
      details: { problems: [{ line: 2 }, { line: 3 }] },
    });
    expect(await cli.json(...inProject('evals', 'list'))).toEqual({ sets: [] });
  });

  test('a file that is not there, of no known kind, or without the field is refused', async () => {
    const importing = (file: string, ...more: string[]) =>
      failure(...inProject('evals', 'import', file, '--set', 'r', ...more));
    expect(await importing('nowhere.csv')).toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/no such file/),
    });
    expect(await importing(spawned.folder)).toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/folder/),
    });
    expect(await importing(await cli.file('reviews.doc', 'x'))).toMatchObject({ code: 'file_type_unknown' });
    const file = await cli.file('reviews.csv', 'text,label\ngood,positive\n');
    expect(await importing(file, '--input', 'review')).toMatchObject({ code: 'import_failed' });
  });
});

describe('prompts', () => {
  beforeEach(() => addSampleProject(cli, 4));
  const promptFile =
    'name: x\nmessages:\n  - role: system\n    content: Judge.\n  - role: user\n    content: "{{text}}"\n';

  test('files become versions; equal content makes no new one', async () => {
    const file = await cli.file('judge.prompt.yml', promptFile);
    const add = inProject('prompts', 'add', file, '--prompt', 'Judge it', '--note', 'first');
    expect(await cli.json(...add)).toMatchObject({
      prompt: 'judge-it',
      version: 1,
      created: true,
      variables: ['text'],
    });
    expect(await cli.json(...add)).toMatchObject({ version: 1, created: false });
    expect(await cli.json(...inProject('prompts', 'list'))).toMatchObject({
      prompts: [
        { slug: 'classify-mood', versionCount: 1 },
        { slug: 'judge-it', versions: [{ version: 1, note: 'first' }] },
      ],
    });
    expect(await cli.json(...inProject('prompts', 'show', 'judge it@1'))).toMatchObject({
      prompt: 'judge-it',
      version: 1,
      content: {
        messages: [
          { role: 'system', content: 'Judge.' },
          { role: 'user', content: '{{text}}' },
        ],
      },
    });
  });

  test('a file that can not be a version is refused and makes no prompt', async () => {
    const broken = await cli.file('broken.txt', 'Hello {{name');
    const error = await failure(...inProject('prompts', 'add', broken, '--prompt', 'New'));
    expect(error).toMatchObject({ code: 'prompt_invalid', message: expect.stringMatching(/line 1/) });
    const yml = await cli.file('broken.prompt.yml', 'messages:\n  - role: robot\n    content: x\n');
    const { message } = await failure(...inProject('prompts', 'add', yml, '--prompt', 'New'));
    expect(message).toMatch(/broken\.prompt\.yml:2/);
    expect(await cli.json(...inProject('prompts', 'list'))).toMatchObject({ prompts: [{ slug: 'classify-mood' }] });
  });

  test('diff shows two versions, or one against what it was made from', async () => {
    await addVersion(cli, 'Positive or negative?\nOne word. {{text}}');
    const two = await cli.json(...inProject('prompts', 'diff', 'Classify mood@1', 'Classify mood@2'));
    expect(two).toMatchObject({
      prompt: 'classify-mood',
      before: 1,
      after: 2,
      diff: expect.stringMatching(/^\+.*One word/m),
    });
    expect(await cli.json(...inProject('prompts', 'diff', 'classify-mood'))).toEqual(two);
    expect(await failure(...inProject('prompts', 'diff', 'classify-mood@1'))).toMatchObject({
      code: 'version_without_parent',
    });
  });

  test.each(['prompt.yml', 'prompty', 'openai', 'markdown'])('a version is exported as %s', async (format) => {
    const exported = inProject('export', 'prompt', 'Classify mood', '--format', format);
    const { text } = await cli.json(...exported);
    expect(text).toContain('Positive or negative?');
    const out = path.join(spawned.folder, 'out.txt');
    expect((await cli.run(...exported, '--out', out)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(text);
    expect((await cli.run(...exported)).stdout.trimEnd()).toBe(String(text).trimEnd());
  });

  test('an exported .prompt.yml can be added again', async () => {
    const { text } = await cli.json(...inProject('export', 'prompt', 'Classify mood', '--format', 'prompt.yml'));
    const file = await cli.file('again.prompt.yml', String(text));
    const again = await cli.json(...inProject('prompts', 'add', file, '--prompt', 'Classify mood'));
    expect(again).toMatchObject({ version: 1, created: false });
  });
});

describe('releases', () => {
  const approve = (version: string, model = 'openai/test-model') =>
    inProject('release', 'approve', '--prompt', version, '--model', model, '--note', 'good enough', '--by', 'Ada');
  beforeEach(() => addSampleProject(cli, 20));

  test('are approved on evidence, labelled, named by label and rolled back', async () => {
    await cli.json(...runArguments(1));
    expect(await cli.json(...approve('Classify mood@1'), '--label', 'production')).toMatchObject({
      prompt: 'classify-mood',
      version: 1,
      approvedBy: 'Ada',
      labels: ['production'],
      evidence: { runs: [{ runId: 1 }] },
    });
    await addVersion(cli, 'Positive or negative? Say only that. {{text}}');
    await cli.json(...runArguments(2));
    await cli.json(...approve('Classify mood@2'), '--label', 'production');
    expect(await cli.json(...inProject('prompts', 'show', 'Classify mood@production'))).toMatchObject({ version: 2 });
    const back = inProject(
      'release',
      'rollback',
      '--prompt',
      'Classify mood',
      '--label',
      'production',
      '--reason',
      'worse',
    );
    expect(await cli.json(...back)).toMatchObject({ kind: 'roll_back', label: 'production', version: 1 });
    const asked = runArguments(1).map((text) => text.replace('@1', '@production'));
    expect(await cli.json(...asked)).toMatchObject({ version: 1, cached: 20 });
    const listed = await cli.json(...inProject('release', 'list'));
    expect(listed).toMatchObject({
      releases: [
        { version: 2, labels: [] },
        { version: 1, labels: ['production'] },
      ],
    });
    expect(listed.moves).toHaveLength(3);
    const verified = await cli.json(...inProject('release', 'verify'));
    expect(verified).toMatchObject({ ok: true, releases: [{ problems: [] }, { problems: [] }] });
  });

  test('a version that a command adds is signed, so that who wrote it can be told', async () => {
    const { token } = await cli.json('people', 'add', 'Ada');
    const file = await cli.file('next.txt', 'Positive or negative? Say one. {{text}}');
    const add = inProject('prompts', 'add', file, '--prompt', 'Classify mood');
    expect(await failure(...add)).toMatchObject({ code: 'person_required' });
    cli.environment.WHETSTONE_TOKEN = String(token);
    await cli.json(...add);
    expect(await cli.json(...inProject('prompts', 'show', 'Classify mood@2'))).toMatchObject({ author: 'Ada' });
  });

  test('without evidence, on a stand-in or without a version there is no release', async () => {
    expect(await failure(...approve('Classify mood@1'))).toMatchObject({ code: 'release_needs_evidence' });
    await cli.json(...runArguments(1, '--model', 'builtin/lexicon'));
    expect(await failure(...approve('Classify mood@1', 'builtin/lexicon'))).toMatchObject({ code: 'release_stand_in' });
    expect(await failure(...approve('Classify mood'))).toMatchObject({ code: 'version_required' });
  });
});

test('models list has what answers, and says why a connection does not', async () => {
  const { models } = await cli.json('models', 'list');
  expect(models).toContainEqual(expect.objectContaining({ reference: 'builtin/lexicon', standIn: true }));
  expect(models).toContainEqual(expect.objectContaining({ reference: 'openai/test-model', destination: 'loopback' }));
  const nobodyThere = inThisProcess({ ...spawned, environment: { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' } });
  const { stdout } = await nobodyThere.run('models', 'list');
  expect(stdout).toMatch(/Not available now:\n {2}openai: \S+/);
});

test('evals size says how many holdout cases show a target', async () => {
  expect(await cli.json('evals', 'size', '--target', '0.8', '--assume', '0.9')).toMatchObject({
    target: 0.8,
    assumed: 0.9,
    needed: 100,
    power: 0.8,
    rates: expect.arrayContaining([{ rate: 0.9, first: 100, third: 163 }]),
  });
  expect(await cli.json('evals', 'size', '--target', '80%')).toMatchObject({ assumed: 0.85, needed: 454 });
  expect(await cli.json('evals', 'size', '--target', '0.8', '--assume', '0.7')).toMatchObject({ needed: null });
  const { stdout } = await cli.run('evals', 'size', '--target', '0.8', '--assume', '0.9');
  expect(stdout).toContain('100 holdout cases: if 90.0 % of all cases would pass');
  expect(await failure('evals', 'size', '--target', '1')).toMatchObject({ code: 'invalid_argument' });
});
