// Usage: test.mjs [VITEST ARGUMENT…]: the checks and all tests, or only the tests that the arguments select.
// Everything runs, whatever failed before it. The last line is `N passed, N failed`, each check counting as one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const selection = process.argv.slice(2);

const CHECKS = [
  { name: 'Biome', args: ['@biomejs/biome/bin/biome', 'check'] },
  { name: 'TypeScript', args: ['typescript/bin/tsc'] },
  { name: 'knip', args: ['knip/bin/knip.js', '--no-progress'] },
];

function node(args) {
  const [tool, ...rest] = args;
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', tool), ...rest], {
    cwd: root,
    stdio: 'inherit',
  });
  return { succeeded: status === 0, seconds: ((performance.now() - began) / 1000).toFixed(1) };
}

function runChecks() {
  return CHECKS.map(({ name, args }) => {
    const { succeeded, seconds } = node(args);
    console.log(`${succeeded ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
    return { name, succeeded };
  });
}

function runTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'whetstone-tests-'));
  const file = path.join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { succeeded } = node(['vitest/vitest.mjs', 'run', ...reporters, ...selection]);
    return { succeeded, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What failed without a test to its name: a file that can't be loaded, an error outside of any test, no tests at all. */
function otherFailures({ succeeded, report }) {
  if (report === null) return ['vitest ended without a report'];
  const broken = report.testResults
    .filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
    .map((file) => `${path.relative(root, file.name)}: ${file.message.split('\n')[0]}`);
  if (broken.length > 0) return broken;
  if (report.numPassedTests + report.numFailedTests === 0) return ['no test ran'];
  if (!succeeded && report.numFailedTests === 0) return ['an error outside of the tests, see above'];
  return [];
}

function failedTests(report) {
  return (report?.testResults ?? []).flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${path.relative(root, file.name)}: ${test.fullName}`),
  );
}

const checks = selection.length === 0 ? runChecks() : [];
const tests = runTests();
const failures = [
  ...checks.filter((check) => !check.succeeded).map((check) => check.name),
  ...failedTests(tests.report),
  ...otherFailures(tests),
];
const passed = checks.filter((check) => check.succeeded).length + (tests.report?.numPassedTests ?? 0);
const skipped = (tests.report?.numPendingTests ?? 0) + (tests.report?.numTodoTests ?? 0);

if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
console.log(`${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
