import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { freshClone } from './clone.ts';

const INSTALLED = ['began ci', 'finished'];

describe('packages', () => {
  test('are installed once, and a second set-up has nothing to say', async () => {
    const { setUp, lines } = freshClone();
    const first = await setUp();
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toMatch(
      /^Set-up: installing the packages .*\nSet-up: packages installed in \d+ s\.\nSet-up: building/,
    );
    expect(await setUp()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(lines('npm.log')).toEqual(INSTALLED);
    expect(lines('vite.log')).toEqual(['built']);
  });

  test('are installed again when the lockfile asks for others', async () => {
    const { folder, setUp, lines, write } = freshClone();
    await setUp();
    const lockfile = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
    write('package-lock.json', lockfile.replace('4.0.0', '4.0.1'));
    await setUp();
    expect(lines('npm.log')).toEqual([...INSTALLED, ...INSTALLED]);
  });

  test.each(['node_modules/zod', 'node_modules/.package-lock.json'])(
    'are installed again when %s is gone',
    async (name) => {
      const { folder, setUp, lines } = freshClone();
      await setUp();
      rmSync(path.join(folder, name), { recursive: true });
      expect((await setUp()).code).toBe(0);
      expect(lines('npm.log')).toEqual([...INSTALLED, ...INSTALLED]);
    },
  );

  test('that a killed set-up left half installed are repaired by the next, which finds no npm of the former at work', async () => {
    const { start, setUp, lines } = freshClone();
    const killed = start(['--no-pages'], { FAKE_NPM_MS: '1500' });
    while (lines('npm.log').length === 0) await sleep(20);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect((await setUp(['--no-pages'])).code).toBe(0);
    await sleep(1_600);
    expect(lines('npm.log')).toEqual(['began ci', ...INSTALLED]);
  });

  test('are installed by one of two set-ups at once, while the other waits', async () => {
    const { setUp, lines } = freshClone();
    const both = await Promise.all([setUp([], { FAKE_NPM_MS: '500' }), setUp([], { FAKE_NPM_MS: '500' })]);
    expect(both.map((outcome) => outcome.code)).toEqual([0, 0]);
    expect(lines('npm.log')).toEqual(INSTALLED);
    expect(lines('vite.log')).toEqual(['built']);
    expect(both.filter((outcome) => outcome.stderr.includes('another one is at work'))).toHaveLength(1);
  });

  test.each([
    ['npm error code ENOTFOUND', 'npm does not reach its registry'],
    ['npm error code ENOSPC', 'the disk is full'],
    ['npm error code EACCES', 'can not be written'],
    ['npm error something new', 'the reason stands above'],
  ])('that can not be installed are explained: %s', async (printed, sentence) => {
    const { folder, setUp } = freshClone();
    const { code, stdout, stderr } = await setUp(['program.cjs'], { FAKE_NPM_FAILS: printed });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${printed}\nThe packages could not be installed: `);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/, then run the same command again\.\n$/);
    expect(existsSync(path.join(folder, 'dist', 'set-up.lock'))).toBe(false);
  });

  test('need npm, and its absence is said', async () => {
    const { folder, setUp } = freshClone();
    rmSync(path.join(folder, 'bin', 'npm'));
    const { code, stderr } = await setUp();
    expect(code).toBe(2);
    expect(stderr).toContain("npm can't be started");
  });
});

describe('pages', () => {
  test('are built again when their sources say something else, not when they were only touched', async () => {
    const { folder, setUp, lines, write } = freshClone();
    await setUp();
    utimesSync(path.join(folder, 'web', 'index.html'), new Date(), new Date());
    expect((await setUp()).stderr).toBe('');
    for (const name of ['web/index.html', 'web/src/new.ts', 'server/http/contract/run.ts']) {
      write(name, `changed ${name}`);
      expect((await setUp()).stderr).toMatch(/^Set-up: building the pages …\nSet-up: pages built in [\d.]+ s\.\n$/);
    }
    expect(lines('vite.log')).toHaveLength(4);
    expect(readFileSync(path.join(folder, 'dist', 'web', 'index.html'), 'utf8')).toBe('changed web/index.html');
  });

  test('that can not be built leave the former ones in place', async () => {
    const { folder, setUp, write } = freshClone();
    await setUp();
    write('web/index.html', 'second page');
    write('node_modules/vite/bin/vite.js', 'console.error("index.html: unexpected token"); process.exit(1)');
    const { code, stderr } = await setUp();
    expect(code).toBe(2);
    expect(stderr).toContain('index.html: unexpected token\nThe pages could not be built');
    expect(readFileSync(path.join(folder, 'dist', 'web', 'index.html'), 'utf8')).toBe('first page');
  });

  test('are left out for a command that needs none, and built for one that serves them', async () => {
    const { setUp, lines } = freshClone();
    await setUp(['--no-pages', 'program.cjs', 'run']);
    expect(lines('vite.log')).toEqual([]);
    await setUp(['--no-pages', 'program.cjs', 'serve']);
    expect(lines('vite.log')).toEqual(['built']);
  });
});

describe('the program that follows', () => {
  test('gets its arguments, a clean stdout, and its exit code is passed on', async () => {
    const { setUp } = freshClone();
    const { code, stdout } = await setUp(['--no-pages', 'program.cjs', '--json', '--no-pages', 'a b']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '["--json","--no-pages","a b"]\n' });
  });

  test('is told to stop when set-up is told', async () => {
    const { start, setUp, write } = freshClone();
    await setUp(['--no-pages']);
    write(
      'server.cjs',
      'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("up");',
    );
    const child = start(['--no-pages', 'server.cjs']);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });
});
