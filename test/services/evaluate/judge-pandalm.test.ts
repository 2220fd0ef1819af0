import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { standardModel } from '../../../server/providers/local/catalogue.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { createRun } from '../../../server/services/evaluate/start-run.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { describeWithModel } from '../../fixtures/local-model.ts';
import { openTestWorkbench, projectRoot, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

/** Pairs of answers with the votes of three people each; beside the project, no part of it. */
const file = path.resolve(projectRoot, '../shared/datasets/pref_pandalm.jsonl');
const present = existsSync(file);
if (!present) console.warn('Skipped: pref_pandalm.jsonl is not at ../shared/datasets.');

type Pair = { id: string; input: string; response1: string; response2: string; annotators: string[] };
const criterion = 'The answer names the better one of the two responses in the question';
const judgePrompt = { name: 'rubric', args: criterion, negate: false, weight: 1 };

let test: TestWorkbench;
let server: TestServer;
afterEach(async () => {
  await server.close();
  await test.close();
});

/** Marks the question with the case, so that a scripted judge can tell which one it is. */
const question =
  '[{{pair}}] Which response is better?\n{{input}}\n\nresponse1: {{response1}}\n\nresponse2: {{response2}}';
const idIn = (text: string): string => /\[(pandalm-\d+)\]/.exec(text)?.[1] ?? '';

/** An application that names the better response, judged by a model, and a run of it on some pairs. */
async function judgedRun(
  pairs: readonly Pair[],
  answer: (text: string) => string,
  { judgeModel, modelsDirectory }: { judgeModel: string; modelsDirectory?: string },
) {
  test = await openTestWorkbench({ answer: ({ content }) => answer(content), modelsDirectory });
  server = await serveForTest(test.workbench);
  const { stores, runner } = test.workbench;
  const project = await stores.projects.create('Preference');
  const text = pairs.map(({ id, input, response1, response2 }) =>
    JSON.stringify({ id, pair: id, input, response1, response2, expected: '' }),
  );
  await importSet(test.workbench, project, {
    set: 'pairs',
    fileName: 'pairs.jsonl',
    text: text.join('\n'),
    holdout: 0,
    author: '',
  });
  const prompt = await stores.prompts.create(project.id, 'Prefer');
  const content = {
    messages: [{ role: 'user' as const, content: question }],
    parameters: {},
    responseFormat: { type: 'labels' as const, labels: ['response1', 'response2'] },
  };
  await stores.prompts.addVersion(prompt.id, { content, note: '', author: '', parent: null });
  const request = { prompt: 'prefer', set: 'pairs', model: testModel, scorers: [judgePrompt], judgeModel };
  const run = await createRun(test.workbench, project, request);
  await (await runner.start(run.id)).finished;
  return run.id;
}

/** The three people of each pair label the sample through the public interface: an answer passes where it names what they chose. */
async function label(run: number, pairs: readonly Pair[]) {
  const byId = new Map(pairs.map((pair) => [pair.id, pair]));
  const { judges } = await server.call('GET /api/runs/:run', { params: { run } });
  const judge = judges[0]?.judge ?? '';
  const params = { run, judge };
  const query = { size: 1000, author: 'first' };
  const { items } = await server.call('GET /api/runs/:run/judges/:judge/sample', { params, query });
  for (const { result } of items) {
    const item = await server.call('GET /api/runs/:run/judges/:judge/items/:result', { params: { ...params, result } });
    const votes = byId.get(idIn(item.messages[0]?.content ?? ''))?.annotators ?? [];
    for (const [at, author] of ['first', 'second', 'third'].entries()) {
      const body = { result, passed: votes[at] === item.output, author };
      await server.call('POST /api/runs/:run/judges/:judge/labels', { params, body });
    }
  }
  return server.call('GET /api/runs/:run/judges/:judge/report', { params });
}

const read = async (): Promise<Pair[]> =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** What most of the three people chose. */
const majority = ({ annotators }: Pair): string | undefined =>
  annotators.find((vote) => annotators.filter((other) => other === vote).length > 1);

describe.skipIf(!present)('a judge of preferences that people labelled', () => {
  it('is calibrated end to end with a scripted judge, whose errors come out as they were made', async () => {
    const pairs = await read();
    const byId = new Map(pairs.map((pair) => [pair.id, pair]));
    const order = new Map(pairs.map(({ id }, at) => [id, at]));
    /** Right by the majority but for every fifth pair. */
    const scripted = (text: string): string => {
      const pair = byId.get(idIn(text));
      if (!text.includes('<criterion')) return 'response1';
      const isRight = pair !== undefined && majority(pair) === 'response1';
      const says = (order.get(pair?.id ?? '') ?? 0) % 5 === 0 ? !isRight : isRight;
      return JSON.stringify({ reasoning: 'As scripted.', verdict: says ? 'pass' : 'fail' });
    };
    const run = await judgedRun(pairs, scripted, { judgeModel: testModel });
    const { calibration, standing, disagreements } = await label(run, pairs);
    const isWrong = (_: Pair, at: number) => at % 5 === 0;
    const people = pairs.filter((pair) => majority(pair) === 'response1').length / pairs.length;
    expect(calibration).toMatchObject({ labels: 400, undecided: 0, people: ['first', 'second', 'third'] });
    expect(calibration.agreement?.value).toBeCloseTo(1 - pairs.filter(isWrong).length / 400, 9);
    expect(disagreements.length).toBe(80);
    expect(calibration.betweenPeople?.n).toBe(400);
    if (!standing.corrected.correctable) throw new Error('it can be corrected');
    // All of the run was labelled: the corrected rate is that of people.
    expect(standing.corrected.rate).toBeCloseTo(people, 6);
    expect(standing.corrected.interval[0]).toBeLessThan(people);
    expect(standing.corrected.interval[1]).toBeGreaterThan(people);
  }, 120_000);
});

describeWithModel('a judge of preferences', (modelPath) => {
  it.skipIf(!present)(
    'is calibrated end to end, and says so while its labels are too few',
    async () => {
      const pairs = (await read()).filter(({ input }) => input.length < 200).slice(0, 3);
      const judgeModel = `local/${standardModel}`;
      const run = await judgedRun(pairs, () => 'response1', { judgeModel, modelsDirectory: path.dirname(modelPath) });
      const { judges, errors, passed, failed } = await server.call('GET /api/runs/:run', { params: { run } });
      // So small a model may run on until its reply is cut off: that is no verdict, and none is counted.
      expect(passed + failed + errors).toBe(3);
      expect(judges).toMatchObject([{ n: passed + failed }]);
      const { calibration, standing } = await label(run, pairs);
      expect(calibration.labels).toBe(passed + failed);
      expect(standing.corrected).toEqual({ correctable: false, reason: 'too_few_labels' });
    },
    240_000,
  );
});
