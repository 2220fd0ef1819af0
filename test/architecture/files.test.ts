import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesUnder, root } from './source-files.ts';

/** What .gitignore names; without git, so that it holds where only the files are. */
const IGNORED =
  /^(\.git|node_modules|dist|data\/backups|data\/models)\/|^data\/whetstone\.db|^\.env$|^\.git$|\.log$|\.tgz$|\.DS_Store$/;
const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?|gz|zip|db)$/;

const MUST_NOT_STAND: [what: string, pattern: RegExp][] = [
  ['a path of somebody’s machine', /(?<![\w.])\/(?:root|home|Users|work|tmp)\/[\w.-]+|\b[A-Z]:\\+Users\\/],
  ['the host of a registry', /\bregistry\.[\w-]+\.\w+|"resolved":\s*"\w+(?:\+\w+)?:\/\/|\bregistry\s*=\s*http/i],
  [
    'a secret',
    /\b(?:sk-[\w-]{32,}|gh[pousr]_\w{30,}|AKIA[0-9A-Z]{16}\b|AIza[\w-]{35}|xox[abp]-\w{10,})|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{10,}\.eyJ/,
  ],
];

const files = readdirSync(root, { withFileTypes: true })
  .filter((entry) => !IGNORED.test(`${entry.name}/`))
  .flatMap((entry) => (entry.isDirectory() ? filesUnder(entry.name) : [entry.name]))
  .filter((file) => !IGNORED.test(file) && !BINARY.test(file));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('the files were seen', () => {
  expect(files).toEqual(expect.arrayContaining(['package-lock.json', '.ci/run', 'server/main.ts', 'web/index.html']));
});

test('no file of the product is longer than 320 lines', () => {
  const code = files.filter((file) => /^(server|evals|web|scripts|bin)\/.*\.(tsx?|css|[cm]js)$/.test(file));
  expect(code.length).toBeGreaterThan(150);
  const long = code
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > 320);
  expect(long).toEqual([]);
});

test.each(MUST_NOT_STAND)('%s stands in no file', (_what, pattern) => {
  const places = files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${pattern.exec(line)?.[0]}`] : [])),
  );
  expect(places).toEqual([]);
});

test('the patterns find what they are for', () => {
  const [machine, registry, secret] = MUST_NOT_STAND.map(([, pattern]) => pattern);
  expect(['/home', 'ada', 'x.ts'].join('/')).toMatch(machine ?? /^$/);
  expect(['https://registry', 'example', 'org'].join('.')).toMatch(registry ?? /^$/);
  expect(`sk-${'a1'.repeat(24)}`).toMatch(secret ?? /^$/);
});
