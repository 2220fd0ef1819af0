import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditCase, AuditRun } from '../../../server/domain/audit/audit-sources.ts';
import { auditLabels } from '../../../server/domain/audit/label-audit.ts';
import { trainBaseline } from '../../../server/domain/baseline/trained-baseline.ts';
import { contentHash } from '../../../server/domain/content-hash.ts';
import type { CaseId } from '../../../server/domain/ids.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { auditSet } from '../../../server/services/evaluate/label-audit.ts';
import { createRun } from '../../../server/services/evaluate/start-run.ts';
import { openTestWorkbench, projectRoot } from '../../fixtures/workbench.ts';

/** Human-labelled data beside the project, no part of it. */
const file = path.resolve(projectRoot, '../shared/datasets/sentiment_restaurant.jsonl');
const present = existsSync(file);
if (!present) console.warn(`Skipped: the real labelled data is not at ${path.relative(projectRoot, file)}.`);

type Row = { id: string; input: string; expected: string };
const rows = (): Row[] => {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line): Row => JSON.parse(line));
};
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const FLIPPED = 0.05;
const FIRST = 100;

/** Ids of the share of the rows whose label a seed turns round. */
function drawn(all: readonly Row[], seed: number): Set<string> {
  const ranked = all
    .map(({ id }) => ({ id, rank: contentHash([seed, id]) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Set(ranked.slice(0, Math.round(all.length * FLIPPED)).map(({ id }) => id));
}
const flip = (row: Row, flipped: ReadonlySet<string>): Row =>
  flipped.has(row.id) ? { ...row, expected: row.expected === 'positive' ? 'negative' : 'positive' } : row;

/** The share of the flipped labels that are among the first suspects. */
function found(all: readonly Row[], flipped: ReadonlySet<string>, answers: ReadonlyMap<string, string> | null): number {
  const cases = all.map((row, index): AuditCase => {
    const { id, input, expected } = flip(row, flipped);
    return { id: index as CaseId, key: id, label: expected, text: input };
  });
  const { predictions } = trainBaseline(cases, []);
  const vote = ({ key, label }: AuditCase) => {
    const answer = answers?.get(key) ?? null;
    return [key, { agreement: answer === label ? 1 : -1, answer }] as const;
  };
  const runs: AuditRun[] = answers === null ? [] : [{ run: 1, votes: new Map(cases.map(vote)) }];
  const { suspects } = auditLabels(cases, predictions, runs);
  return suspects.slice(0, FIRST).filter(({ key }) => flipped.has(key)).length / flipped.size;
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The stand-in's answers to the reviews, by a run of it on the labels as they are given. */
async function auditWithStandIn(given: readonly Row[]) {
  const test = await openTestWorkbench();
  try {
    const { workbench } = test;
    const project = await workbench.stores.projects.create('Real');
    const text = given.map((row) => JSON.stringify(row)).join('\n');
    await importSet(workbench, project, { set: 'Reviews', fileName: 'a.jsonl', text, holdout: 0.2, author: '' });
    const prompt = await workbench.stores.prompts.create(project.id, 'Sentiment');
    const content = {
      messages: [
        { role: 'user' as const, content: 'Answer with one word only: positive or negative.\n\nReview: {{input}}' },
      ],
      parameters: {},
      responseFormat: { type: 'labels' as const, labels: ['positive', 'negative'] },
    };
    await workbench.stores.prompts.addVersion(prompt.id, { content, note: '', author: '', parent: null });
    const about = { prompt: 'sentiment', set: 'reviews', model: 'builtin/lexicon', split: 'all' as const };
    const run = await createRun(workbench, project, about);
    await (await workbench.runner.start(run.id)).finished;
    const results = await workbench.stores.results.page(run.id);
    const answers = new Map(
      results.map(({ result, case: item }) => [item.key, result.type === 'reply' ? result.reply.output : '']),
    );
    return { answers, report: await auditSet(workbench, project, 'reviews', { limit: FIRST }) };
  } finally {
    await test.close();
  }
}

describe.skipIf(!present)('the label audit of real reviews of which 5 % have their label flipped', () => {
  it('finds most of them among the first 100 of 1,000 suspects, mean of 20 seeds', { timeout: 240_000 }, async () => {
    const all = rows();
    const { answers } = await auditWithStandIn(all);
    const alone = mean(SEEDS.map((seed) => found(all, drawn(all, seed), null)));
    const withRun = mean(SEEDS.map((seed) => found(all, drawn(all, seed), answers)));
    console.info(`Found among the first ${FIRST}: ${alone.toFixed(3)} without a run, ${withRun.toFixed(3)} with one.`);
    expect(alone).toBeGreaterThanOrEqual(0.55);
    expect(withRun).toBeGreaterThanOrEqual(0.6);
  });

  it('does so for a set with a holdout that was imported, run and audited', { timeout: 60_000 }, async () => {
    const all = rows();
    const flipped = drawn(all, 1);
    const { report } = await auditWithStandIn(all.map((row) => flip(row, flipped)));
    expect(report).toMatchObject({ cases: 1000, classifierReason: null, runs: [{ standIn: true }] });
    const hits = report.suspects.filter(({ key }) => flipped.has(key));
    expect(hits.length).toBeGreaterThanOrEqual(0.5 * flipped.size);
    expect(hits.every(({ label, suggestion }) => suggestion !== null && suggestion !== label)).toBe(true);
  });
});
