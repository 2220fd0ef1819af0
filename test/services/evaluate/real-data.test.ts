import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { createRun } from '../../../server/services/evaluate/start-run.ts';
import { baselineReport } from '../../../server/services/evaluate/trained-baseline.ts';
import { openTestWorkbench, projectRoot, type TestWorkbench } from '../../fixtures/workbench.ts';

/** Human-labelled data beside the project, no part of it. */
const folder = path.resolve(projectRoot, '../shared/datasets');
const present = existsSync(folder);
if (!present) console.warn(`Skipped: the real labelled data is not at ${path.relative(projectRoot, folder)}.`);

let test: TestWorkbench;
afterEach(() => test.close());

const importFile = async (fileName: string) => {
  test = await openTestWorkbench();
  const project = await test.workbench.stores.projects.create('Real');
  const text = await readFile(path.join(folder, fileName), 'utf8');
  return {
    project,
    imported: await importSet(test.workbench, project, { set: fileName, fileName, text, holdout: 0.2, author: '' }),
  };
};

describe.skipIf(!present)('real labelled data', () => {
  it.each([
    ['sentiment_restaurant.jsonl', 1000],
    ['spam_sms.jsonl', 300],
    ['extract_booking.jsonl', 150],
    ['qa_xquad.jsonl', 120],
    ['medical_abbrev.jsonl', 80],
    ['pref_pandalm.jsonl', 400],
  ])('%s is imported whole, and again without a change', async (fileName, count) => {
    const { project, imported } = await importFile(fileName);
    expect(imported).toMatchObject({ added: count, unchanged: 0, replaced: 0 });
    expect(imported.dev + imported.holdout).toBe(count);
    const text = await readFile(path.join(folder, fileName), 'utf8');
    const again = await importSet(test.workbench, project, { set: fileName, fileName, text, holdout: 0.2, author: '' });
    expect(again).toMatchObject({ added: 0, unchanged: count, replaced: 0, set: { version: 1 } });
  });

  it('draws holdout near its share and evenly by label', async () => {
    const { project, imported } = await importFile('sentiment_restaurant.jsonl');
    expect(imported.holdout).toBeGreaterThan(195);
    expect(imported.holdout).toBeLessThan(205);
    const set = await test.workbench.stores.evalSets.find(project.id, 'sentiment_restaurant.jsonl');
    const version = set && (await test.workbench.stores.evalSets.version(set.id, null));
    if (!version) throw new Error('the set is not there');
    const counts = await test.workbench.stores.evalSets.labelCounts(version);
    for (const { count } of counts.filter(({ split }) => split === 'holdout'))
      expect(Math.abs(count - 100)).toBeLessThan(4);
  });

  it('lets the stand-in read reviews it has never seen better than chance', async () => {
    const { project } = await importFile('sentiment_restaurant.jsonl');
    const prompt = await test.workbench.stores.prompts.create(project.id, 'Sentiment');
    const content = {
      messages: [
        { role: 'user' as const, content: 'Answer with one word only: positive or negative.\n\nReview: {{input}}' },
      ],
      parameters: {},
      responseFormat: { type: 'labels' as const, labels: ['positive', 'negative'] },
    };
    await test.workbench.stores.prompts.addVersion(prompt.id, { content, note: '', author: '', parent: null });
    const run = await createRun(test.workbench, project, {
      prompt: 'sentiment',
      set: 'sentiment_restaurant.jsonl',
      model: 'builtin/lexicon',
    });
    const { status } = await (await test.workbench.runner.start(run.id)).finished;
    const { interval, errors, noAnswer } = await test.workbench.stores.runs.summary(run.id);
    expect({ status, errors, noAnswer }).toEqual({ status: 'completed', errors: 0, noAnswer: 0 });
    expect(interval?.[0]).toBeGreaterThan(0.6);
  });

  it.each([
    ['sentiment_restaurant.jsonl', 0.75],
    ['spam_sms.jsonl', 0.9],
  ])('lets a classifier learn the labels of %s far better than chance', async (fileName, least) => {
    const { project, imported } = await importFile(fileName);
    const { baseline } = await baselineReport(test.workbench, project, {});
    expect(baseline?.labelsUsed).toBe(imported.dev);
    expect(baseline?.dev.passRate).toBeGreaterThan(least);
    expect(baseline?.holdout?.n).toBe(imported.holdout);
    expect(baseline?.holdout?.passRate).toBeGreaterThan(least - 0.05);
  });
});
