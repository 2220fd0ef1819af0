import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEnvironment } from '../../server/providers/environment.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'environment-'));
  file = path.join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('reads names and values, with quotes, comments and what editors leave', () => {
  const lines = [
    '\uFEFFFIRST=one',
    '# a comment',
    'SPACED = two words # and a comment',
    'export QUOTED="three # not a comment"',
    "SINGLE='four'",
    'EQUALS=a=b==',
    'EMPTY=',
    'not a line',
  ];
  writeFileSync(file, lines.join('\r\n'));
  const { get } = createEnvironment(file, {});
  const names = ['FIRST', 'SPACED', 'QUOTED', 'SINGLE', 'EQUALS', 'EMPTY', 'ABSENT'];
  expect(names.map(get)).toEqual(['one', 'two words', 'three # not a comment', 'four', 'a=b==', undefined, undefined]);
});

test('the process comes before the file, also to switch something off', () => {
  writeFileSync(file, 'A=file\nB=file\nC=file\n');
  const { get } = createEnvironment(file, { A: ' process ', B: '' });
  expect(['A', 'B', 'C'].map(get)).toEqual(['process', undefined, 'file']);
});

test('a file that comes, changes or goes is noticed', () => {
  const { get } = createEnvironment(file, {});
  expect(get('A')).toBeUndefined();
  writeFileSync(file, 'A=1');
  expect(get('A')).toBe('1');
  writeFileSync(file, 'A=2');
  expect(get('A')).toBe('2');
  rmSync(file);
  expect(get('A')).toBeUndefined();
});

test('a file that can’t be read is said, with what to do', () => {
  mkdirSync(file);
  const { get } = createEnvironment(file, {});
  expect(() => get('A')).toThrow(expect.objectContaining({ code: 'env_file_unreadable' }));
  expect(() => get('A')).toThrow(/can't be read/);
});

test('secrets are the values whose names say so', () => {
  writeFileSync(
    file,
    'OPENAI_API_KEY=sk-of-the-file\nACME_TOKEN=token-of-acme\nDEBUG_KEY=1\nHOME_PAGE=https://x.org/a\n',
  );
  const { secrets } = createEnvironment(file, { OPENAI_API_KEY: 'sk-of-the-process', DB_PASSWORD: 'correct horse' });
  expect([...secrets()].sort()).toEqual(['correct horse', 'sk-of-the-process', 'token-of-acme']);
});
