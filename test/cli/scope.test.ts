import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { inProject } from './sample-project.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = inThisProcess(await openCommandLine());
  await cli.json('project', 'create', 'Restaurant reviews');
});
afterEach(() => cli.remove());

const failure = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli.run(...args, '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error;
};
const show = (...args: string[]) => cli.run(...inProject('scope', 'show', ...args));
const save = async (text: string, ...args: string[]) =>
  cli.json(...inProject('scope', 'set', await cli.file('scope.yml', text), ...args));

test('a scope is filled in from an empty one, shown as what can be saved again, and compared', async () => {
  const empty = await show();
  expect(empty.stderr).toContain('has no scope yet');
  expect(await cli.json(...inProject('scope', 'show'))).toEqual({ version: 0, scope: null });
  const filled = empty.stdout
    .replace('users: ""', 'users: |\n  Owners: all\n  Guests')
    .replace('targetPassRate: null', 'targetPassRate: 0.8');
  expect(await save(filled, '--base', '0', '--by', 'Ada')).toEqual({
    version: 1,
    created: true,
    changed: ['users', 'targetPassRate'],
    fallenRequests: [],
  });
  const { stdout: shown } = await show();
  expect(await save(shown)).toMatchObject({ version: 1, created: false, changed: [] });
  expect(await save(shown.replace('0.8', '0.9'), '--base', '1')).toMatchObject({
    version: 2,
    changed: ['targetPassRate'],
  });
  expect(await cli.json(...inProject('scope', 'show', '1'))).toMatchObject({
    version: 1,
    author: 'Ada',
    scope: { users: 'Owners: all\nGuests\n', targetPassRate: 0.8, dataMayLeave: false },
  });
  expect(await cli.json(...inProject('scope', 'versions'))).toMatchObject({
    versions: [
      { version: 2, changed: ['targetPassRate'], requests: [] },
      { version: 1, author: 'Ada' },
    ],
  });
  const { stdout: diff } = await cli.run(...inProject('scope', 'diff', '1', '2'));
  expect(diff).toContain('--- scope version 1\n+++ scope version 2\n');
  expect(diff).toContain('-targetPassRate: 0.8\n+targetPassRate: 0.9\n');
  expect(await cli.json(...inProject('scope', 'diff', '2', '2'))).toEqual({ from: 2, to: 2, changed: [], diff: '' });
  expect((await cli.run(...inProject('scope', 'versions'))).stdout).toMatch(/^ *2 .*targetPassRate/m);
});

test('what is wrong is said with its place, and nothing is overwritten', async () => {
  const file = await cli.file('scope.yml', 'users: Owners\ndataMayLeave: perhaps\n');
  expect(await failure(...inProject('scope', 'set', file))).toMatchObject({
    code: 'scope_file_invalid',
    message: expect.stringContaining('scope.yml:2:15: "dataMayLeave"'),
    details: { problems: [{ line: 2, column: 15 }] },
  });
  const good = await cli.file('scope.json', JSON.stringify({ users: 'Owners', dataMayLeave: true }));
  await cli.json(...inProject('scope', 'set', good));
  const other = await cli.file('other.yml', 'users: Guests\ndataMayLeave: true\n');
  expect(await failure(...inProject('scope', 'set', other, '--base', '0'))).toMatchObject({
    code: 'scope_changed_meanwhile',
  });
  expect(await failure(...inProject('scope', 'show', '2'))).toMatchObject({ code: 'scope_version_missing' });
  expect(await failure(...inProject('scope', 'diff', '1', 'x'))).toMatchObject({ code: 'invalid_argument' });
  expect(await failure(...inProject('scope', 'set', 'nowhere.yml'))).toMatchObject({ code: 'file_unreadable' });
  const { stdout } = await show();
  expect(stdout).toContain('users: Owners\n');
});

test('where people were added, an editor saves it under their own name', async () => {
  const { token } = await cli.json('people', 'add', 'Ada');
  const file = await cli.file('scope.yml', 'users: Owners\ndataMayLeave: true\n');
  expect(await failure(...inProject('scope', 'set', file))).toMatchObject({ code: 'person_required' });
  cli.environment.WHETSTONE_TOKEN = String(token);
  await cli.json(...inProject('scope', 'set', file, '--by', 'Somebody'));
  expect(await cli.json(...inProject('scope', 'show'))).toMatchObject({ author: 'Ada' });
});
