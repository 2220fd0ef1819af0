import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GitFolder } from '../../server/formats/git-folder.ts';

let parent: string;
let folder: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
const write = (text: string, name = 'reviews/sentiment.ts') => new GitFolder(folder).write(name, text);
const read = () => readFile(path.join(folder, 'reviews/sentiment.ts'), 'utf8');

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'whetstone-git-'));
  folder = path.join(parent, 'repository');
  await mkdir(folder);
  git('init', '--quiet');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

it('writes a new file, and over one that git has, and says by how much they differ', async () => {
  expect(await write('one\ntwo\n')).toEqual({
    path: path.join(folder, 'reviews/sentiment.ts'),
    state: 'created',
    added: 2,
    removed: 0,
  });
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  expect(await write('one\nthree\nfour\n')).toMatchObject({ state: 'changed', added: 2, removed: 1 });
  expect(await read()).toBe('one\nthree\nfour\n');
  expect(await write('one\nthree\nfour\n')).toMatchObject({ state: 'same' });
  // Neither staged nor committed.
  expect(git('status', '--porcelain')).toBe(' M reviews/sentiment.ts\n');
  expect(git('log', '--oneline').trim().split('\n')).toHaveLength(1);
});

it.each([
  ['changed', () => writeFile(path.join(folder, 'reviews/sentiment.ts'), 'mine\n')],
  [
    'staged',
    async () => {
      await writeFile(path.join(folder, 'reviews/sentiment.ts'), 'mine\n');
      git('add', '.');
    },
  ],
  [
    'unknown to git',
    async () => {
      git('rm', '--quiet', '--cached', 'reviews/sentiment.ts');
      git('commit', '--quiet', '-m', 'gone');
      await writeFile(path.join(folder, 'reviews/sentiment.ts'), 'mine\n');
    },
  ],
  [
    'ignored by git',
    async () => {
      git('rm', '--quiet', '--cached', 'reviews/sentiment.ts');
      await writeFile(path.join(folder, '.gitignore'), 'reviews\n');
      git('add', '.');
      git('commit', '--quiet', '-m', 'ignored');
      await writeFile(path.join(folder, 'reviews/sentiment.ts'), 'mine\n');
    },
  ],
])('leaves a file alone that is %s, and says so', async (_, change) => {
  await write('one\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  await change();
  await expect(write('two\n')).rejects.toMatchObject({ code: 'file_uncommitted', kind: 'conflict' });
  expect(await read()).toBe('mine\n');
  // What says the same already needs no writing.
  expect(await write('mine\n')).toMatchObject({ state: 'same' });
});

it('follows no link out of the folder', async () => {
  const outside = path.join(tmpdir(), `whetstone-outside-${process.pid}`);
  await writeFile(outside, 'theirs\n');
  await symlink(outside, path.join(folder, 'link.ts'));
  await expect(write('two\n', 'link.ts')).rejects.toMatchObject({ code: 'file_uncommitted' });
  expect(await readFile(outside, 'utf8')).toBe('theirs\n');
  await rm(outside);
});

it.each([
  ['out of the folder', '../outside'],
  ['to another folder of it, where git does not look', 'kept'],
])('follows no folder that is a link %s', async (_, target) => {
  const there = path.resolve(folder, target);
  await mkdir(there);
  await writeFile(path.join(there, 'sentiment.ts'), 'theirs\n');
  await symlink(target, path.join(folder, 'reviews'));
  await expect(write('two\n')).rejects.toMatchObject({ code: 'file_uncommitted' });
  await expect(write('two\n', 'reviews/new.ts')).rejects.toMatchObject({ code: 'file_uncommitted' });
  expect(await readdir(there)).toEqual(['sentiment.ts']);
  expect(await read()).toBe('theirs\n');
});

it('refuses a folder that git does not know, and one that is not there', async () => {
  await rm(path.join(folder, '.git'), { recursive: true });
  await expect(write('one\n')).rejects.toMatchObject({ code: 'folder_not_in_git' });
  const nowhere = new GitFolder(path.join(folder, 'nowhere'));
  await expect(nowhere.write('a.ts', 'x')).rejects.toMatchObject({ code: 'git_missing' });
});
