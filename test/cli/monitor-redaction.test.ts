import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';

let spawned: CommandLine;
let cli: CommandLine;
beforeEach(async () => {
  spawned = await openCommandLine();
  cli = inThisProcess(spawned);
  await cli.json('project', 'create', 'Reviews');
});
afterEach(() => spawned.remove());

const redaction = (...args: string[]) => ['monitor', 'redaction', ...args, '--project', 'reviews'] as const;
const write = async (text: string) => {
  const file = path.join(spawned.data, 'rules.yml');
  await writeFile(file, text);
  return file;
};
const wrong = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli.run(...args, '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.code;
};

test('rules are shown as the file that sets them, and tried', async () => {
  const shown = await cli.run(...redaction('show'));
  expect(shown.stdout).toContain('detectors:\n  - api-key');
  const file = await write(`${shown.stdout.replace('- api-key', '- email')}`);
  expect(await cli.json(...redaction('set', file, '--by', 'Ada', '--base', '0'))).toEqual({
    version: 1,
    created: true,
  });
  expect((await cli.run(...redaction('set', file))).stdout).toContain('says these very rules');
  expect(await cli.json(...redaction('show'))).toMatchObject({
    version: 1,
    rules: { detectors: ['api-key', 'email'] },
  });
  expect((await cli.run(...redaction('try', 'a@b.org, 13800138000'))).stdout).toBe('[email], 13800138000\n');
  expect(await cli.json(...redaction('try', 'a@b.org'))).toEqual({
    text: '[email]',
    counts: [{ name: 'email', count: 1 }],
  });
});

test('what is wrong with a file is said, and nothing is stored', async () => {
  expect(await wrong(...redaction('set', await write('detectors: [emial]')))).toBe('redaction_file_invalid');
  expect(await wrong(...redaction('set', await write('patterns: [{name: x, pattern: "("}]')))).toBe(
    'redaction_rules_invalid',
  );
  expect(await wrong(...redaction('set', await write('numbered: true'), '--base', '4'))).toBe(
    'redaction_changed_meanwhile',
  );
  expect(await cli.json(...redaction('show'))).toMatchObject({ version: 0 });
});

test('what is stored is rewritten once that is confirmed', async () => {
  expect(await wrong(...redaction('apply'))).toBe('not_confirmed');
  expect(await cli.json(...redaction('apply', '--yes', '--by', 'Ada'))).toMatchObject({
    state: 'done',
    records: 0,
    changed: 0,
  });
  expect((await cli.run(...redaction('apply', '--yes'))).stdout).toBe('0 of 0 records were rewritten.\n');
});
