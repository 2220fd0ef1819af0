import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentHash } from '../../../server/domain/content-hash.ts';
import type { Release } from '../../../server/domain/release.ts';
import { writeMarkdown } from '../../../server/formats/markdown.ts';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { gatherEvidence } from '../../../server/services/deploy/evidence.ts';
import { setPrice, takePriceBack } from '../../../server/services/models/prices.ts';
import { readMood, runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';
import { exported } from '../../formats/prompt-arbitrary.ts';

let test: TestWorkbench;
beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
});
afterAll(() => test.close());

const owner = { kind: 'owner' } as const;
const candidate = { prompt: 'classify', version: 1, model: testModel };
const approval = { text: 'good enough', by: 'Grace' };
const price = { input: 100, cachedInput: null, output: 100 };
const said = { kind: 'price' as const, subject: testModel, author: 'Ed', asOf: '2026-11-01', source: 'our contract' };
const own = {
  price,
  origin: { type: 'own', asOf: '2026-11-01', source: 'our contract', author: 'Ed', setAt: expect.any(String) },
};

it('says whose price the cost was counted by, in evidence, digest, gate and page, whatever holds later', async () => {
  const { workbench } = test;
  const seeded = await seedProject(workbench, { name: 'Own price' });
  await workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ maxCostUsdPer1000Calls: 0.001 }), '');
  await setPrice(workbench, { ...said, value: price });
  await runToEnd(workbench, seeded);
  await takePriceBack(workbench, { ...said, source: 'it ended' });

  const { evidence } = await gatherEvidence(workbench, seeded.project, candidate);
  expect(evidence.runs[0]?.pricedBy).toEqual([own]);
  const cost = evidence.criteria.find(({ name }) => name === 'cost');
  expect(cost).toMatchObject({ state: 'missed', pricedBy: [own] });
  const who = /\$100 in and \$100 out per million tokens, an own price that Ed set on \d{4}-\d\d-\d\d/;
  const refusal = approveRelease(workbench, seeded.project, owner, { ...candidate, ...approval, overrides: [] });
  await expect(refusal).rejects.toThrow(who);

  const overrides = [{ name: 'cost' as const, reason: 'a pilot' }];
  const release = await approveRelease(workbench, seeded.project, owner, { ...candidate, ...approval, overrides });
  expect(release.evidence.runs[0]?.pricedBy).toEqual([own]);
  expect(release.evidenceDigest).toBe(contentHash(release.evidence));
  expect(contentHash(withoutPrices(release))).not.toBe(release.evidenceDigest);
  const { content } = await workbench.stores.prompts.getVersion(release.promptVersionId);
  expect(writeMarkdown(exported(content, { release, labels: [] }))).toMatch(who);
});

it('names each price of a run that went on under another one', async () => {
  const { workbench } = test;
  const seeded = await seedProject(workbench, { name: 'Two prices' });
  await setPrice(workbench, { ...said, value: price });
  const run = await runToEnd(workbench, seeded);
  await takePriceBack(workbench, { ...said, source: 'it ended' });
  await (await workbench.runner.start(run.id, { retryErrors: true })).finished;
  await (await workbench.runner.start(run.id, { retryErrors: true })).finished;
  const { evidence } = await gatherEvidence(workbench, seeded.project, candidate);
  const free = { price: { input: 0, cachedInput: 0, output: 0 }, origin: { type: 'this_machine' } };
  expect(evidence.runs[0]?.pricedBy).toEqual([own, free]);
});

it('leaves evidence as it was that says nothing of prices', async () => {
  const { workbench } = test;
  const seeded = await seedProject(workbench, { name: 'Before' });
  const run = await runToEnd(workbench, seeded);
  await workbench.stores.runs.setPriceBases(run.id, []);
  const release = await approveRelease(workbench, seeded.project, owner, { ...candidate, ...approval, overrides: [] });
  expect(JSON.stringify(release.evidence)).not.toContain('pricedBy');
  expect(release.evidenceDigest).toBe(contentHash(withoutPrices(release)));
});

const withoutPrices = ({ evidence }: Release) => ({
  ...evidence,
  runs: evidence.runs.map(({ pricedBy: _, ...run }) => run),
  criteria: evidence.criteria.map(({ pricedBy: _, ...criterion }) => criterion),
});
