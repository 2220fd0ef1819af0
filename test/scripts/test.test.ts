import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'test.mjs');

type FileReport = {
  name: string;
  status: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
};
type Report = { passed: number; pending?: number; files?: FileReport[] };
type Tools = {
  biome?: number;
  tsc?: number;
  knip?: number;
  vitest?: number;
  report?: Report | null;
  /** Value of the variable CI, and how fetching the model ends there. */
  ci?: string;
  model?: number;
};

/** Runs scripts/test.mjs with tools that end as they are told, and vitest's report as it is given. */
function runWith(tools: Tools, args: string[] = []) {
  const { biome = 0, tsc = 0, knip = 0, vitest = 0, report = { passed: 4 }, ci = '', model = 0 } = tools;
  const folder = mkdtempSync(path.join(tmpdir(), 'whetstone-test-script-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tool = (name: string, source: string) => {
    mkdirSync(path.dirname(path.join(folder, 'node_modules', name)), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules', name), source);
  };
  for (const name of ['scripts', 'server']) mkdirSync(path.join(folder, name));
  const pull = `console.log('whetstone ran with', process.argv.slice(4).join(' ')); process.exit(${model});`;
  writeFileSync(path.join(folder, 'server', 'main.ts'), pull);
  cpSync(script, path.join(folder, 'scripts', 'test.mjs'));
  tool('@biomejs/biome/bin/biome', `process.exit(${biome})`);
  tool('typescript/bin/tsc', `process.exit(${tsc})`);
  tool('knip/bin/knip.js', `process.exit(${knip})`);
  const failed = (report?.files ?? [])
    .flatMap((file) => file.assertionResults)
    .filter((item) => item.status === 'failed');
  const json = {
    numPassedTests: report?.passed,
    numFailedTests: failed.length,
    numPendingTests: report?.pending ?? 0,
    numTodoTests: 0,
    testResults: report?.files ?? [],
  };
  tool(
    'vitest/vitest.mjs',
    `import { writeFileSync } from 'node:fs';
    console.log('vitest ran with', process.argv.slice(5).join(' '));
    const file = process.argv.find((argument) => argument.startsWith('--outputFile.json=')).slice(18);
    ${report === null ? '' : `writeFileSync(file, ${JSON.stringify(JSON.stringify(json))});`}
    process.exit(${vitest});`,
  );
  const { status, stdout } = spawnSync(process.execPath, [path.join(folder, 'scripts', 'test.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, CI: ci },
  });
  return { status, stdout, last: stdout.trimEnd().split('\n').at(-1) };
}

const failing = (...names: string[]): FileReport => ({
  name: 'a.test.ts',
  status: 'failed',
  message: '',
  assertionResults: names.map((fullName) => ({ status: 'failed', fullName, failureMessages: ['wrong'] })),
});

test('the checks count with the tests', () => {
  expect(runWith({})).toMatchObject({ status: 0, last: '7 passed, 0 failed' });
  expect(runWith({ report: { passed: 4, pending: 2 } })).toMatchObject({
    status: 0,
    last: '7 passed, 0 failed, 2 skipped',
  });
});

test('everything runs whatever failed before, and the failures are named', () => {
  const { status, stdout, last } = runWith({
    biome: 1,
    knip: 1,
    vitest: 1,
    report: { passed: 3, files: [failing('adds up')] },
  });
  expect({ status, last }).toEqual({ status: 1, last: '4 passed, 3 failed' });
  expect(stdout).toMatch(
    /FAILED {2}Biome.*passed {2}TypeScript.*FAILED {2}knip.*vitest ran.*Failed:\n {2}Biome\n {2}knip\n.*adds up/s,
  );
});

test('a file that can not be loaded counts as a failure', () => {
  const broken = { ...failing(), message: 'Cannot find module x\nat …' };
  const { status, stdout, last } = runWith({ vitest: 1, report: { passed: 4, files: [broken] } });
  expect({ status, last }).toEqual({ status: 1, last: '7 passed, 1 failed' });
  expect(stdout).toContain('Cannot find module x\n');
});

test.each([
  ['no test ran', { report: { passed: 0 } }, '3 passed, 1 failed'],
  ['an error outside of the tests', { vitest: 1 }, '7 passed, 1 failed'],
  ['vitest ended without a report', { vitest: 1, report: null }, '3 passed, 1 failed'],
])('%s: is a failure', (reason, tools, last) => {
  const result = runWith(tools);
  expect(result).toMatchObject({ status: 1, last });
  expect(result.stdout).toContain(reason);
});

test('a selection of tests goes to vitest and leaves the checks out', () => {
  const { status, stdout, last } = runWith({ biome: 1 }, ['test/domain', '-t', 'wilson']);
  expect({ status, last }).toEqual({ status: 0, last: '4 passed, 0 failed' });
  expect(stdout).toContain('test/domain -t wilson');
});

const skipping: Report = {
  passed: 4,
  pending: 1,
  files: [
    {
      ...failing(),
      status: 'passed',
      assertionResults: [{ status: 'skipped', fullName: 'with the local model: it answers', failureMessages: [] }],
    },
  ],
};

test('in CI the model is fetched first, and a test that skips for want of it fails', () => {
  const { status, stdout, last } = runWith({ ci: 'true' });
  expect({ status, last }).toEqual({ status: 0, last: '8 passed, 0 failed' });
  expect(stdout).toMatch(/whetstone ran with .*model pull smollm2-135m.*passed {2}local model.*vitest ran/s);
  expect(runWith({ ci: 'true', model: 2 })).toMatchObject({ status: 1, last: '7 passed, 1 failed' });
  const skipped = runWith({ ci: 'true', report: skipping });
  expect(skipped).toMatchObject({ status: 1, last: '8 passed, 1 failed, 1 skipped' });
  expect(skipped.stdout).toContain('it answers (skipped: it needs the local model)');
});

test('elsewhere such a test skips, and how to get the model is said', () => {
  const { status, stdout, last } = runWith({ report: skipping });
  expect({ status, last }).toEqual({ status: 0, last: '7 passed, 0 failed, 1 skipped' });
  expect(stdout).toMatch(/1 tests skipped.*model pull smollm2-135m/);
  expect(stdout).not.toContain('whetstone ran with');
});

test('what passed only when it was tried again is named, and counts as passed', () => {
  const late = { ...failing('clicks through'), status: 'passed' };
  const files = [{ ...late, assertionResults: late.assertionResults.map((item) => ({ ...item, status: 'passed' })) }];
  const { status, stdout, last } = runWith({ report: { passed: 4, files } });
  expect({ status, last }).toEqual({ status: 0, last: '7 passed, 0 failed' });
  expect(stdout).toMatch(/Passed only when tried again:\n.*clicks through/);
});
