import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import { formatScorerSpec, parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { noScoringModels } from '../../../server/domain/scoring.ts';
import { compareRunPair } from '../../../server/services/evaluate/compare-runs.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

let lab: RunLab;
afterEach(() => lab.close());
const summary = ({ id }: { id: RunId }) => lab.workbench.stores.runs.summary(id);
const scorers = (...texts: string[]) => texts.map(parseScorerSpec);
const scoring = (...texts: string[]) => ({ scorers: scorers(...texts), threshold: null, ...noScoringModels });

async function write(name: string, source: string): Promise<void> {
  const { scorersDirectory } = lab.workbench;
  await mkdir(scorersDirectory, { recursive: true });
  await writeFile(path.join(scorersDirectory, `${name}.js`), source);
}

it('judges with the file as it was when the run began; a changed file is another scoring', async () => {
  lab = await openRunLab({ cases: 4, server: { answer: () => 'positive' } });
  await write(
    'agrees',
    '// The answer is the expected one.\nexport default ({ output, expected }) => output === expected;\n',
  );
  const run = await lab.create({ scorers: scorers('script:agrees', 'all-of:["script:agrees"]') });
  const [held = '', composed] = run.scorers.map(formatScorerSpec);
  expect(held).toMatch(/^script:agrees@[0-9a-f]{12}$/);
  expect(composed).toBe(`all-of:["${held}"]`);
  await write('agrees', 'return true;');
  await (await lab.workbench.runner.start(run.id)).finished;
  expect(await summary(run)).toMatchObject({ passed: 2, failed: 2, errors: 0 });

  const other = await lab.run({ scorers: scorers('script:agrees') });
  expect(await summary(other)).toMatchObject({ passed: 4 });
  const { warnings } = await compareRunPair(lab.workbench, run.id, other.id, 'all');
  expect(warnings.map(({ code }) => code)).toContain('other_scorers');

  const kept = await rescoreRun(lab.workbench, run.id, scoring(held));
  expect(await summary(kept)).toMatchObject({ passed: 2, failed: 2 });
  await rescoreRun(lab.workbench, run.id, scoring('script:agrees'));
  expect(await summary(run)).toMatchObject({ passed: 4 });
});

it('the example of the documentation works', async () => {
  lab = await openRunLab({ cases: 2, server: { answer: () => 'Sorry, no. We answer within 3 days.' } });
  const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/scorers.md'), 'utf8');
  const [, source = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  await write('polite', source);
  const run = await lab.run({ scorers: scorers('script:polite') });
  const [first] = await lab.workbench.stores.results.page(run.id, {});
  expect(first?.judgement?.scores).toMatchObject([{ passed: true, value: 1, explanation: /days/ }]);
});

it('a hostile file harms nothing: its results are errors, and the others are judged', async () => {
  lab = await openRunLab({ cases: 2, server: { answer: () => 'positive' } });
  const hostile = [
    'export default () => { for (;;); };',
    'import fs from "node:fs"; export default () => fs.readFileSync("/etc/passwd", "utf8");',
    'export default () => process.exit(1);',
    'export default async () => (await fetch("http://127.0.0.1")).text();',
    'await new Promise(() => undefined); export default () => true;',
    'JSON.stringify = () => "no JSON"; export default () => true;',
    'export default 7;',
    'export default class {}',
    'export default (',
  ];
  await Promise.all(hostile.map((source, at) => write(`h${at}`, source)));
  const names = hostile.map((_, at) => `script:h${at}`);
  const run = await lab.run({ scorers: scorers('label', ...names) });
  const judged = await lab.workbench.stores.results.page(run.id, {});
  expect(judged).toHaveLength(2);
  for (const { judgement } of judged) {
    const [label, ...rest] = judgement?.scores ?? [];
    expect(label?.failure).toBeUndefined();
    expect(rest.map(({ failure }) => failure)).toEqual(hostile.map(() => 'script_failed'));
  }
}, 30_000);

it('says which files there are, and reads none outside the folder', async () => {
  lab = await openRunLab({ cases: 2 });
  await write('polite', 'return true;');
  await expect(lab.create({ scorers: scorers('script:absent') })).rejects.toMatchObject({
    code: 'scorer_file_missing',
    message: expect.stringContaining('There are: polite.'),
  });
  await expect(lab.create({ scorers: scorers('script:polite@0123456789ab') })).rejects.toMatchObject({
    code: 'scorer_file_missing',
  });
  for (const name of ['../polite', '/etc/passwd', 'a/b', '']) {
    await expect(lab.create({ scorers: scorers(`script:${name}`) })).rejects.toMatchObject({
      code: 'scorer_argument_invalid',
    });
  }
  await write('large', ' '.repeat(300_000));
  await expect(lab.create({ scorers: scorers('script:large') })).rejects.toMatchObject({
    code: 'scorer_file_too_large',
  });
});
