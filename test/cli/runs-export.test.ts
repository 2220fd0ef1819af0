import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';
import { addSampleProject, runArguments } from './sample-project.ts';

let cli: CommandLine;
let server: CompatibleServer;
beforeAll(async () => {
  server = await startCompatibleServer({ answer: () => 'positive' });
  cli = inThisProcess(await openCommandLine({ OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'k' }));
  await addSampleProject(cli, 6);
  await cli.json(...runArguments(1));
});
afterAll(() => server.close());

it('writes the results of a run as lines of JSON, failures first', async () => {
  const { code, stdout } = await cli.run('runs', 'export', '1', '--format', 'jsonl');
  expect(code).toBe(0);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line): { outcome: string } => JSON.parse(line));
  expect(rows.map(({ outcome }) => outcome).join(' ')).toBe('failed failed failed passed passed passed');
  expect(stdout.endsWith('}\n')).toBe(true);
});

it('writes a table into a file, or as one document', async () => {
  const out = path.join(cli.data, 'results.csv');
  expect(await cli.json('runs', 'export', '1', '--format', 'csv', '--out', out)).toEqual({
    run: 1,
    format: 'csv',
    file: out,
  });
  const text = await readFile(out, 'utf8');
  expect(text.split('\r\n')).toHaveLength(8);
  expect(await cli.json('runs', 'export', '1', '--format', 'csv')).toMatchObject({ run: 1, format: 'csv', text });
  expect((await cli.run('runs', 'export', '1', '--format', 'csv')).stdout).toBe(text);
});

it('says what is wrong', async () => {
  expect((await cli.run('runs', 'export', '9', '--format', 'csv')).stderr).toMatch(/no run 9/);
  const nowhere = path.join(cli.data, 'missing', 'x.csv');
  const { code, stderr } = await cli.run('runs', 'export', '1', '--format', 'csv', '--out', nowhere);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/can't be written/)]);
});
