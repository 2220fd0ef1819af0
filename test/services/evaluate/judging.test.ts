import { afterEach, expect, it, vi } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import type { ChatCall } from '../../fixtures/compatible-server.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

let lab: RunLab;
afterEach(() => lab.close());
const summary = ({ id }: { id: RunId }) => lab.workbench.stores.runs.summary(id);

const isJudge = ({ messages }: ChatCall) => messages.some(({ content }) => String(content).includes('Is this polite?'));
const tone = (reply: string) => ({
  messages: [
    { role: 'user' as const, content: `Is this polite? {{question}} {{output}} {{expected}} {{review}} ${reply}` },
  ],
  parameters: {},
  responseFormat: { type: 'labels' as const, labels: ['pass', 'fail'] },
});

it('a judge prompt of the project is held at the version that judged', async () => {
  lab = await openRunLab({ cases: 2, server: { answer: (call) => (isJudge(call) ? 'pass' : 'positive') } });
  const { stores } = lab.workbench;
  const prompt = await stores.prompts.create(lab.project.id, 'Tone');
  const save = (reply: string) =>
    stores.prompts.addVersion(prompt.id, { content: tone(reply), note: '', author: '', parent: null });
  await save('one');
  const settings = { scorers: [parseScorerSpec('judge:tone')], judgeModel: testModel };
  const run = await lab.run(settings);
  expect(run.scorers).toEqual([parseScorerSpec('judge:tone@1')]);
  expect(await summary(run)).toMatchObject({ passed: 2, errors: 0 });
  await save('two');
  const judged = lab.server.requests.filter(({ body }) => JSON.stringify(body).includes('Is this polite?')).length;
  const again = await rescoreRun(lab.workbench, run.id, {
    scorers: settings.scorers,
    threshold: null,
    judgeModel: testModel,
    embeddingModel: null,
  });
  expect(again.scorers).toEqual([parseScorerSpec('judge:tone@2')]);
  const all = lab.server.requests.filter(({ body }) => JSON.stringify(body).includes('Is this polite?')).length;
  expect([judged, all]).toEqual([2, 4]);
  await expect(lab.create({ ...settings, scorers: [parseScorerSpec('judge:absent')] })).rejects.toMatchObject({
    code: 'judge_prompt_missing',
  });
  await expect(lab.create({ ...settings, scorers: [parseScorerSpec('judge:tone@9')] })).rejects.toMatchObject({
    code: 'judge_prompt_missing',
  });
});

it('similarity compares embeddings, and asks for that of a text once', async () => {
  const embedded: string[] = [];
  const embed = (text: string) => {
    embedded.push(text);
    return text === 'positive' ? [3, 4] : [4, 3];
  };
  lab = await openRunLab({ cases: 4, server: { answer: () => 'positive', embed } });
  const scoring = {
    scorers: [parseScorerSpec('similarity:0.97')],
    threshold: null,
    judgeModel: null,
    embeddingModel: 'openai/embedder',
  };
  const run = await lab.run({ ...scoring, concurrency: 1 });
  expect(await summary(run)).toMatchObject({ passed: 2, failed: 2, errors: 0 });
  const first = await lab.workbench.stores.results.find(run.id, { limit: 4 });
  expect(first.map(({ judgement }) => judgement?.value).sort()).toEqual([
    expect.closeTo(0.96, 5),
    expect.closeTo(0.96, 5),
    expect.closeTo(1, 5),
    expect.closeTo(1, 5),
  ]);
  expect(embedded.sort()).toEqual(['negative', 'positive']);
  await rescoreRun(lab.workbench, run.id, { ...scoring, scorers: [parseScorerSpec('similarity:0.5')] });
  expect(embedded).toHaveLength(2);
  expect(await summary(run)).toMatchObject({ passed: 4 });
});

it('a verdict that can’t be read is asked for anew, one that can is kept', async () => {
  let [verdict, asked] = ['Who knows?', 0];
  const answer = (call: ChatCall) => {
    if (!call.content.includes('<criterion')) return 'positive';
    asked += 1;
    return verdict;
  };
  lab = await openRunLab({ cases: 2, server: { answer } });
  const scoring = {
    scorers: [parseScorerSpec('rubric:It is kind')],
    threshold: null,
    judgeModel: testModel,
    embeddingModel: null,
  };
  const run = await lab.run(scoring);
  expect([await summary(run), asked]).toEqual([expect.objectContaining({ errors: 2, passed: 0 }), 2]);
  verdict = JSON.stringify({ reasoning: 'It is.', verdict: 'maybe' });
  await rescoreRun(lab.workbench, run.id, scoring);
  expect([await summary(run), asked]).toEqual([expect.objectContaining({ errors: 2, passed: 0 }), 4]);
  verdict = JSON.stringify({ reasoning: 'It is.', verdict: 'pass' });
  await rescoreRun(lab.workbench, run.id, scoring);
  expect([await summary(run), asked]).toEqual([expect.objectContaining({ errors: 0, passed: 2 }), 6]);
  await rescoreRun(lab.workbench, run.id, scoring);
  expect([await summary(run), asked]).toEqual([expect.objectContaining({ errors: 0, passed: 2 }), 6]);
});

it('an unreadable verdict that an earlier version of the program kept is replaced', async () => {
  const verdict = JSON.stringify({ reasoning: 'It is.', verdict: 'pass' });
  let asked = 0;
  const answer = ({ content }: ChatCall) => {
    if (!content.includes('<criterion')) return 'positive';
    asked += 1;
    return verdict;
  };
  lab = await openRunLab({ cases: 1, server: { answer } });
  const { results } = lab.workbench.stores;
  const keeping = vi.spyOn(results, 'keepReply');
  const scoring = { scorers: [parseScorerSpec('rubric:It is kind')], judgeModel: testModel };
  const run = await lab.run(scoring);
  const [kept] = keeping.mock.calls.map(([reply]) => reply);
  if (kept === undefined) throw new Error('the verdict was kept');
  await results.keepReply({ ...kept, response: kept.response.replace('pass', 'maybe') });
  for (const _ of ['asks', 'has it']) {
    await rescoreRun(lab.workbench, run.id, { ...scoring, threshold: null, embeddingModel: null });
    expect([await summary(run), asked]).toEqual([expect.objectContaining({ errors: 0, passed: 1 }), 2]);
  }
});
