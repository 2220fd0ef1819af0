import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const script = path.join(root, 'scripts', 'check-node.cjs');
const ALWAYS_THERE = [
  'Program',
  'Hashbang',
  'IfStatement',
  'BlockStatement',
  'ExpressionStatement',
  'BinaryExpression',
].concat(['CallExpression', 'MemberExpression', 'Identifier', 'Literal']);

function runOn(version: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require(${JSON.stringify(script)})`;
  return spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
}

test.each(['0.10.48', '8.17.0', '18.20.8', '19.9.0'])('Node %s is told in one sentence what is needed', (version) => {
  const { status, stdout, stderr } = runOn(version);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^Whetstone needs Node 20 or newer, and this is Node [\d.]+: install .*\.\n$/);
});

test.each(['20.0.0', '24.21.0', '100.0.0'])('Node %s passes in silence', (version) => {
  expect(runOn(version)).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test.each(['scripts/check-node.cjs', 'scripts/setup.cjs', 'bin/whetstone.cjs'])('%s is read by any Node', (name) => {
  const source = readFileSync(path.join(root, name), 'utf8');
  const { program } = parseSync(name, source, { sourceType: 'script' });
  const kinds = new Set<string>();
  JSON.stringify(program, (key, value) => {
    if (key === 'type') kinds.add(value);
    return value;
  });
  expect([...kinds].filter((kind) => !ALWAYS_THERE.includes(kind))).toEqual([]);
  expect(source).not.toMatch(/,\s*\)/);
});
