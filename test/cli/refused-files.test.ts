import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { failureOf } from '../../server/cli/failure.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, inProject } from './sample-project.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = inThisProcess(await openCommandLine());
  await addSampleProject(cli, 6);
}, 60_000);
afterAll(() => cli.remove());

const noFolder = /can't be written: there is no such folder, or it can't be made\. Name another file\./;

it('a file for a build that can’t be written is said before the run is made, not after its calls', async () => {
  const asked = ['--prompt', 'classify-mood', '--set', 'Short reviews', '--model', 'builtin/lexicon'];
  const file = path.join(cli.folder, 'nowhere', 'junit.xml');
  const { code, stderr } = await cli.run(...inProject('run', ...asked, '--junit', file));
  expect([code, stderr]).toEqual([2, expect.stringMatching(noFolder)]);
  expect(stderr).not.toContain('Run 1');
  expect(await cli.json(...inProject('runs', 'list'))).toMatchObject({ runs: [] });
});

it('what can’t be written is said with the reason in words', async () => {
  const file = path.join(cli.folder, 'nowhere', 'prompt.md');
  const exported = await cli.run(
    ...inProject('export', 'prompt', 'classify-mood', '--format', 'markdown', '--out', file),
  );
  expect([exported.code, exported.stderr]).toEqual([2, expect.stringMatching(noFolder)]);
  const taken = path.join(cli.folder, 'taken');
  await writeFile(taken, 'a file');
  const pulled = await cli.run(...inProject('prompts', 'pull', '--dir', path.join(taken, 'prompts')));
  expect([pulled.code, pulled.stderr]).toEqual([2, expect.stringMatching(/a part of its path is a file/)]);
});

it('a full disk is no fault of the program', () => {
  const error = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(failureOf(error)).toMatchObject({ code: 'disk_full', message: expect.stringMatching(/^The disk is full/) });
});
