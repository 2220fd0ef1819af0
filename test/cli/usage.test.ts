import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noWorkbench, runInProcess } from './in-process.ts';

const run = (...args: string[]) => runInProcess(args, noWorkbench);

beforeEach(() => vi.stubEnv('WHETSTONE_DATA', undefined));
afterEach(() => vi.unstubAllEnvs());

describe('wrong commands end with 2, say what is wrong and leave stdout empty', () => {
  test.each([
    [['exprt'], /unknown command 'exprt' \(Did you mean export\?\)/i],
    [['runs', 'lst'], /unknown command 'lst' \(Did you mean list\?\)/i],
    [['project', 'list', '--jsn'], /unknown option '--jsn' \(Did you mean --json\?\)/i],
    [['project', 'create', 'Two', 'words'], /too many arguments/i],
    [['evals', 'list'], /'--project <name>' not specified/],
    [['run', '--max-errors', 'few'], /20, or a rate, such as 0\.05 or 5%/],
    [['run', '--fail-under', '80'], /0\.8 or 80%/],
    [['run', '--scorer', '?'], /"\?" is not a scorer/],
    [['runs', 'show', 'x'], /number of a run/],
    [['runs', 'compare', '1', '2', '--split', 'test'], /dev, holdout, all/],
    [
      ['export', 'prompt', 'p', '--project', 'p', '--format', 'doc'],
      /prompt\.yml, prompty, openai, promptfoo, typescript, markdown/,
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('no command at all shows the help on stderr', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/Usage: whetstone/);
  });
});

test('with --json the last line on stderr is the error', async () => {
  const { code, stdout, stderr } = await run('exprt', '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const { error } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  expect(error).toEqual({ code: 'unknown_command', message: expect.stringContaining('export'), details: {} });
});

test('help goes to stdout, names every exit code and says what --json prints', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const text of [
    '0    done',
    '1    a gate',
    '2    the command',
    '3    the run',
    '--data',
    'WHETSTONE_DATA',
    '"error"',
  ])
    expect(stdout).toContain(text);
});

test('help of a command shows the options that every command has', async () => {
  const { code, stdout } = await run('runs', 'compare', '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/--json[\s\S]*--verbose/);
});

test('the version is printed', async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

test('an error that nobody foresaw is one sentence; --verbose says where it came from', async () => {
  const { code, stdout, stderr } = await run('project', 'list');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^Error: Something went wrong in Whetstone itself: the workbench was opened\..*--verbose.*\n$/,
  );
  expect((await run('project', 'list', '--verbose')).stderr).toMatch(/in-process\.ts:\d+/);
});
