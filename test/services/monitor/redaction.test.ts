import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectorNames } from '../../../server/domain/redaction/detectors.ts';
import { firstRules } from '../../../server/domain/redaction/rules.ts';
import { giveFeedback, recordObservation } from '../../../server/services/monitor/record-observation.ts';
import { type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const key = 'sk-proj-abcDEF1234567890xyz';

describe('what is recorded', () => {
  let test: TestWorkbench;
  let seeded: SeededProject;
  const counts = async () =>
    Object.fromEntries(
      (await test.workbench.stores.redaction.counts(seeded.project.id)).map((one) => [one.name, one.count]),
    );

  beforeAll(async () => {
    test = await openTestWorkbench();
    seeded = await seedProject(test.workbench);
  });
  afterAll(() => test.close());

  it('has no keys, also where a project has no rules', async () => {
    const call = { input: { [key]: `use ${key}` }, output: `the key is ${key}`, feedbackNote: key };
    expect(await recordObservation(test.workbench, seeded.project, call)).toMatchObject({
      input: { '[api-key]': 'use [api-key]' },
      output: 'the key is [api-key]',
      feedbackNote: '[api-key]',
    });
    expect(await counts()).toEqual({ 'api-key': 4 });
  });

  it('has nothing that the newest rules cover, in input, output and notes, and those that come later', async () => {
    const rules = { ...firstRules, detectors: detectorNames, numbered: true };
    await test.workbench.stores.redaction.save(seeded.project.id, { rules, author: 'Ada', base: 0 });
    const recorded = await recordObservation(test.workbench, seeded.project, {
      input: { from: 'bob@example.com', to: 'eve@example.com' },
      output: 'Bob@example.com asked, 13800138000',
    });
    expect(recorded).toMatchObject({
      input: { from: '[email 1]', to: '[email 2]' },
      output: '[email 1] asked, [phone 1]',
    });
    const noted = { feedback: 'down' as const, feedbackNote: 'ask eve@example.com' };
    expect(await giveFeedback(test.workbench, recorded.id, noted)).toMatchObject({ feedbackNote: 'ask [email 1]' });
    expect(await test.workbench.stores.observations.get(recorded.id)).toMatchObject({ feedbackNote: 'ask [email 1]' });
    expect(await counts()).toEqual({ 'api-key': 4, email: 4, phone: 1 });
  });

  it('goes one way into the database', () => {
    const server = path.join(import.meta.dirname, '../../../server');
    const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const storing = files.filter((file) =>
      /observations\s*\.(?:add|setFeedback)\(/.test(readFileSync(path.join(server, file), 'utf8')),
    );
    expect(storing).toEqual(['services/monitor/record-observation.ts']);
  });
});
