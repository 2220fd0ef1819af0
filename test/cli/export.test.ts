import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, addVersion, inProject } from './sample-project.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = inThisProcess(await openCommandLine());
  await addSampleProject(cli, 6);
});
afterAll(() => cli.remove());

const exportPrompt = (format: string, ...more: string[]) =>
  inProject('export', 'prompt', 'classify-mood', '--format', format, ...more);

it('prints a version as a file of another tool, or as one document', async () => {
  const { code, stdout } = await cli.run(...exportPrompt('typescript'));
  expect([code, stdout]).toEqual([0, expect.stringContaining('export function render(variables: Variables)')]);
  expect(await cli.json(...exportPrompt('openai'))).toMatchObject({ fileName: 'classify-mood-v1.openai.json' });
});

it('makes tests for promptfoo of the set, the side and the scorers that are named', async () => {
  const { text } = await cli.json(...exportPrompt('promptfoo', '--set', 'Short reviews', '--scorer', 'exact'));
  expect(String(text).match(/type: javascript/g)).toHaveLength(6);
  expect(text).toContain('# Tests: set short-reviews, version 1, dev.');
  const refused = await cli.run(...exportPrompt('prompty', '--split', 'all'));
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/prompty does not have/)]);
});

it('writes into a folder of git, and says what changed', async () => {
  const folder = path.join(cli.folder, 'repository');
  await mkdir(folder);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: folder });
  const outside = await cli.run(...exportPrompt('prompt.yml', '--into', folder));
  expect([outside.code, outside.stderr]).toEqual([2, expect.stringMatching(/no folder of a git repository/)]);
  git('init', '--quiet');
  const first = await cli.run(...exportPrompt('prompt.yml', '--into', folder));
  const file = path.join(folder, 'classify-mood.prompt.yml');
  expect(first.stdout).toMatch(/^Wrote .*classify-mood\.prompt\.yml: new, \d+ lines\. Nothing was committed\.\n$/);
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  await addVersion(cli, 'Good or bad? {{text}}');
  expect(await cli.json(...exportPrompt('prompt.yml', '--into', folder))).toMatchObject({
    state: 'changed',
    added: 1,
    removed: 1,
    file,
  });
  expect(await readFile(file, 'utf8')).toContain('Good or bad?');
  await addVersion(cli, 'Positive? {{text}}');
  const changed = await cli.run(...exportPrompt('prompt.yml', '--into', folder));
  expect([changed.code, changed.stderr]).toEqual([2, expect.stringMatching(/Commit them, or take them back/)]);
});

it('takes a file or a folder, not both', async () => {
  const both = await cli.run(...exportPrompt('markdown', '--into', '.', '--out', 'x.md'));
  expect([both.code, both.stderr]).toEqual([2, expect.stringMatching(/Give one of them/)]);
});
