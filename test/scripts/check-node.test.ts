import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'check-node.cjs');

function runOn(version: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require(${JSON.stringify(script)})`;
  return spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
}

test.each(['0.10.48', '8.17.0', '18.20.8', '19.9.0'])('Node %s is told in one sentence what is needed', (version) => {
  const { status, stdout, stderr } = runOn(version);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^Whetstone needs Node 20 or newer, and this is Node [\d.]+ \(.*\): install .*\.\n$/);
});

test.each(['20.0.0', '24.21.0', '100.0.0'])('Node %s passes in silence', (version) => {
  expect(runOn(version)).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('the file is read by any Node: only statements, calls and literals that were always there', () => {
  const { program } = parseSync(script, readFileSync(script, 'utf8'), { sourceType: 'script' });
  const kinds = new Set<string>();
  JSON.stringify(program, (key, value) => {
    if (key === 'type') kinds.add(value);
    return value;
  });
  const always =
    'Program IfStatement BlockStatement ExpressionStatement BinaryExpression CallExpression MemberExpression Identifier Literal';
  expect([...kinds].filter((kind) => !always.split(' ').includes(kind))).toEqual([]);
});
