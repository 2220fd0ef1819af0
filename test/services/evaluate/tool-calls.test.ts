import { afterEach, expect, it } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import type { PromptContent } from '../../../server/domain/prompt.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { noScoringModels } from '../../../server/domain/scoring.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { resultPage } from '../../../server/services/evaluate/results.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testKey } from '../../fixtures/workbench.ts';

let lab: RunLab;
afterEach(() => lab.close());
const scorers = (...texts: string[]) => texts.map(parseScorerSpec);
const results = async ({ id }: { id: RunId }) => (await resultPage(lab.workbench, id, { limit: 50 })).results;

const tools = [
  {
    type: 'function' as const,
    function: { name: 'rate', parameters: { type: 'object', properties: { label: { type: 'string' } } } },
  },
];
const content: PromptContent = {
  messages: [{ role: 'user', content: 'Rate: {{review}}' }],
  parameters: { tools, toolChoice: 'required' },
  responseFormat: { type: 'text' },
};
const rate = (args: string) => ({
  content: '',
  toolCalls: [{ name: 'rate', arguments: args }],
  finishReason: 'tool_calls',
});
const calls = 'javascript:toolCalls.length === 1 && toolCalls[0].arguments.label === expected';

it('a model is offered the tools of the prompt, and the calls it makes are judged', async () => {
  lab = await openRunLab({ cases: 4, content, server: { answer: () => rate('{"label": "positive"}') } });
  const run = await lab.run({ scorers: scorers(calls, 'finish-reason:tool_calls') });
  expect(lab.server.requests[0]?.body).toMatchObject({ tools, tool_choice: 'required' });
  expect(await lab.workbench.stores.runs.summary(run.id)).toMatchObject({ passed: 2, failed: 2, errors: 0 });
  const [result] = await results(run);
  expect(result).toMatchObject({
    toolCalls: [{ name: 'rate', arguments: { label: 'positive' } }],
    output: '{"tool_calls":[{"name":"rate","arguments":{"label":"positive"}}]}',
  });
  // Kept replies hold them too, and so do stored ones.
  const again = await lab.run({ scorers: scorers(calls) });
  expect(lab.server.count).toBe(4);
  expect((await results(again))[0]?.toolCalls).toHaveLength(1);
  const scoring = { scorers: scorers('tool-call:name'), threshold: null, ...noScoringModels };
  await rescoreRun(lab.workbench, run.id, scoring);
  expect((await results(run))[0]?.scores[0]?.explanation).toContain('rate');
});

it('calls beside a text stay apart from it, whatever they hold', async () => {
  const answer = {
    content: 'I look it up.',
    toolCalls: [
      { name: 'look_up', arguments: '{"a": <b>' },
      { name: 'look_up', arguments: '' },
      { name: `a${testKey}`, arguments: `{"key": "${testKey}"}` },
    ],
  };
  lab = await openRunLab({ cases: 1, content, server: { answer: () => answer } });
  const run = await lab.run({ scorers: scorers('contains:look it up', 'tool-call') });
  const [result] = await results(run);
  expect(result).toMatchObject({
    output: 'I look it up.',
    scores: [
      { passed: true },
      { value: null, explanation: 'A tool was called with arguments that are no JSON object.' },
    ],
  });
  expect(result?.toolCalls?.slice(0, 2)).toEqual([
    { name: 'look_up', arguments: '{"a": <b>' },
    { name: 'look_up', arguments: {} },
  ]);
  expect(JSON.stringify(result)).not.toContain(testKey);
});

it('a streamed call is put together', async () => {
  lab = await openRunLab({ cases: 1, content, server: { answer: () => rate('{"label": "positive", "why": "正面"}') } });
  const provider = await lab.workbench.providers.get('openai');
  const completion = await provider.complete(
    {
      model: 'test-model',
      messages: [{ role: 'user', content: 'x' }],
      parameters: content.parameters,
      responseFormat: { type: 'text' },
    },
    { signal: AbortSignal.timeout(5000), onText: () => undefined },
  );
  expect(completion.toolCalls).toEqual([{ name: 'rate', arguments: { label: 'positive', why: '正面' } }]);
});
