// Usage: test.mjs [VITEST ARGUMENT…]: the checks and all tests, or only the tests that the arguments select.
// Everything runs, whatever failed before it. The last line is `N passed, N failed`, each check counting as one. Where the variable CI is set, the
// local model is fetched first, and a test that skips for want of it is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const selection = process.argv.slice(2);
const MODEL = 'smollm2-135m';

const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');

const CHECKS = [
  { name: 'Biome', args: ['node_modules/@biomejs/biome/bin/biome', 'check'] },
  { name: 'TypeScript', args: ['node_modules/typescript/bin/tsc'] },
  { name: 'knip', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
];

function node(args) {
  const [tool, ...rest] = args;
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(root, tool), ...rest], {
    cwd: root,
    stdio: 'inherit',
  });
  return { succeeded: status === 0, seconds: ((performance.now() - began) / 1000).toFixed(1) };
}

/** Fetches the model that some tests ask; its file stays for the next time, the database that the command opens does not. */
function fetchModel() {
  const folder = mkdtempSync(path.join(tmpdir(), 'whetstone-model-'));
  try {
    return runChecks([{ name: 'local model', args: ['server/main.ts', '--data', folder, 'model', 'pull', MODEL] }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runChecks(checks) {
  return checks.map(({ name, args }) => {
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
    const { succeeded } = node(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...selection]);
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

function testsOf(report, chosen) {
  return (report?.testResults ?? []).flatMap((file) =>
    file.assertionResults.filter(chosen).map((test) => `${path.relative(root, file.name)}: ${test.fullName}`),
  );
}

const failed = (test) => test.status === 'failed';
/** In CI a browser test gets a second try, and what failed the first time is kept beside the pass. */
const passedLate = (test) => test.status === 'passed' && test.failureMessages.length > 0;
/** test/fixtures/local-model.ts gives them this name. */
const wantsModel = (test) =>
  ['skipped', 'pending'].includes(test.status) && test.fullName.startsWith('with the local model');

const checks = [...(inCi ? fetchModel() : []), ...(selection.length === 0 ? runChecks(CHECKS) : [])];
const tests = runTests();
const late = testsOf(tests.report, passedLate);
const withoutModel = testsOf(tests.report, wantsModel);
const failures = [
  ...checks.filter((check) => !check.succeeded).map((check) => check.name),
  ...testsOf(tests.report, failed),
  ...(inCi ? withoutModel.map((test) => `${test} (skipped: it needs the local model)`) : []),
  ...otherFailures(tests),
];
const passed = checks.filter((check) => check.succeeded).length + (tests.report?.numPassedTests ?? 0);
const skipped = (tests.report?.numPendingTests ?? 0) + (tests.report?.numTodoTests ?? 0);

if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}\n`);
if (late.length > 0) console.log(`\nPassed only when tried again:\n${late.map((test) => `  ${test}`).join('\n')}\n`);
if (withoutModel.length > 0) {
  const command = `npm run -s whetstone -- model pull ${MODEL}`;
  console.log(`${withoutModel.length} tests skipped because they ask the local model. "${command}" fetches it.`);
}
process.exitCode = failures.length > 0 ? 1 : 0;
console.log(`${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
