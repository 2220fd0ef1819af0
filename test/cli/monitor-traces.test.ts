import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traceAt } from '../fixtures/sent-traces.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';

let spawned: CommandLine;
let cli: CommandLine;
beforeAll(async () => {
  spawned = await openCommandLine();
  cli = inThisProcess(spawned);
  await cli.run('project', 'create', 'Reviews');
});
afterAll(() => spawned.remove());

async function file(text: string): Promise<string> {
  const name = path.join(spawned.data, 'traces.jsonl');
  await writeFile(name, text);
  return name;
}
const importing = async (text: string) => ['monitor', 'traces', 'import', await file(text), '--project', 'reviews'];

test('takes a file of the Collector, again without counting twice, whatever program it names', async () => {
  const lines = [1, 2].map((number) => JSON.stringify(traceAt(number, { service: 'elsewhere', answer: 'positive' })));
  const command = await importing(`${lines.join('\n')}\n`);
  expect(await cli.json(...command)).toEqual({ accepted: 8, rejected: 0, problems: [] });
  const { stdout, code } = await cli.run(...command);
  expect([stdout, code]).toEqual(['8 spans are in Reviews; those that were there already count once.\n', 0]);
  const whole = await importing(JSON.stringify(traceAt(3), null, 2));
  expect(await cli.json(...whole)).toEqual({ accepted: 4, rejected: 0, problems: [] });
});

test('says which line is wrong and how to mend it, and takes nothing then', async () => {
  const broken = await cli.run(...(await importing(`${JSON.stringify(traceAt(9))}\n{"resourceSpans": [}\n[1]\n`)));
  expect(broken.code).toBe(2);
  expect(broken.stderr).toContain('traces.jsonl:2:20: This line is not JSON');
  expect((await cli.run(...(await importing('[1]')))).stderr).toContain('no request of OTLP');
  expect((await cli.run(...(await importing('\n')))).stderr).toContain('This file is empty');
  const bad = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] });
  const refused = await cli.run(...(await importing(bad)));
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('span without a valid traceId')]);
});
