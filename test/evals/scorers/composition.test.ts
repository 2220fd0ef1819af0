import { describe, expect, it } from 'vitest';
import { scorers } from '../../../evals/scorers/index.ts';
import { prepareScorers } from '../../../server/domain/combine-scores.ts';
import { judgingCost } from '../../../server/domain/result.ts';
import type { ScorerTools } from '../../../server/domain/scorer.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { noTools } from '../../../server/services/evaluate/scorer-tools.ts';
import { ScriptSandbox } from '../../../server/services/evaluate/script-sandbox.ts';
import { scored } from '../../contracts/scorer-contract.ts';

const signal = new AbortController().signal;
const judge = (spec: string, output: string, expected = 'Rome', tools: ScorerTools = noTools) =>
  prepareScorers([parseScorerSpec(spec)], tools, null)(scored(output, expected), signal);

/** Can't judge, because there is no such price. */
const unpriced = (spec: string, output: string) =>
  prepareScorers(
    [parseScorerSpec(spec)],
    noTools,
    null,
  )(scored(output, 'Rome', { reply: { ...scored('', null).reply, costUsd: null } }), signal);

describe('any-of', () => {
  it('passes with one of its scorers', async () => {
    const spec = 'any-of:["exact","contains:the eternal city"]';
    expect(await judge(spec, 'Rome')).toMatchObject({ outcome: 'passed', value: 1 });
    expect(await judge(spec, 'It is the eternal city.')).toMatchObject({ outcome: 'passed' });
    expect(await judge(spec, 'Paris')).toMatchObject({ outcome: 'failed', value: 0 });
    expect(await judge('any-of:["not:contains:Rome"]', 'Rome')).toMatchObject({ outcome: 'failed' });
  });

  it('is an error only where what could not be judged decides', async () => {
    expect(await unpriced('any-of:["exact","cost:1"]', 'Rome')).toMatchObject({ outcome: 'passed' });
    expect(await unpriced('any-of:["exact","cost:1"]', 'Paris')).toMatchObject({
      outcome: 'error',
      scores: [{ failure: 'not_measured' }],
    });
  });
});

describe('all-of', () => {
  it('passes with each of its scorers', async () => {
    const spec = 'all-of:["contains:Rome","length:<=10"]';
    expect(await judge(spec, 'Rome.')).toMatchObject({ outcome: 'passed' });
    expect(await judge(spec, 'It is the city of Rome.')).toMatchObject({ outcome: 'failed', value: 0 });
    expect(await judge('all-of:["number","contains:Rome"]', 'Rome', '7')).toMatchObject({ outcome: 'no_answer' });
  });

  it('is an error only where what could not be judged decides', async () => {
    expect(await unpriced('all-of:["exact","cost:1"]', 'Paris')).toMatchObject({ outcome: 'failed' });
    expect(await unpriced('all-of:["exact","cost:1"]', 'Rome')).toMatchObject({ outcome: 'error' });
  });

  it.each(['all-of:', 'all-of:exact', 'any-of:[]', 'any-of:[1]', 'any-of:["no-such-scorer"]', 'all-of:["regex"]'])(
    'refuses %s',
    (spec) => {
      expect(() => prepareScorers([parseScorerSpec(spec)], noTools, null)).toThrow(/scorer/);
    },
  );
});

describe('judges among them', () => {
  const prompt = {
    messages: [{ role: 'user' as const, content: '{{output}}' }],
    parameters: {},
    responseFormat: { type: 'text' as const },
  };
  const tools = (version: number): ScorerTools => ({
    ...noTools,
    judgeModel: () => 'openai/judge',
    judgePrompt: async (name) => ({ name, version, content: { ...prompt, parameters: { seed: version } } }),
    askJudge: async (_, read) => read({ output: '{"reasoning": "It is.", "verdict": "pass"}', costUsd: 0.25 }),
  });

  it('make one judge together, which another prompt makes another one, and cost what both do', async () => {
    const spec = 'all-of:["rubric:polite","rubric:short"]';
    const [first, again, newer] = [
      await judge(spec, 'Rome', 'Rome', tools(1)),
      await judge(spec, 'Oslo', 'Rome', tools(1)),
      await judge(spec, 'Rome', 'Rome', tools(2)),
    ].map(({ scores }) => scores[0]);
    expect(first).toMatchObject({ passed: true, costUsd: 0.5, judge: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(again?.judge).toBe(first?.judge);
    expect(newer?.judge).not.toBe(first?.judge);
    expect((await judge('all-of:["exact"]', 'Rome')).scores[0]).not.toHaveProperty('judge');
  });
});

describe('javascript', () => {
  it('judges by what it returns', async () => {
    const sandbox = new ScriptSandbox();
    const tools = { ...noTools, runScript: sandbox.run };
    const said = (source: string) => judge(`javascript:${source}`, 'Rome', 'Rome', tools);
    try {
      expect(await said('output === expected')).toMatchObject({ outcome: 'passed', value: 1 });
      expect(await said('0.4')).toMatchObject({ outcome: 'failed', value: 0.4 });
      expect(
        await said('return { passed: true, value: 0.3, answer: output, explanation: "It is a city." };'),
      ).toMatchObject({
        outcome: 'passed',
        scores: [{ value: 0.3, answer: 'Rome', explanation: 'It is a city.' }],
      });
      expect(await said('"yes"')).toMatchObject({ outcome: 'error', scores: [{ failure: 'script_failed' }] });
      expect(await said('nothing.at.all')).toMatchObject({ outcome: 'error', scores: [{ failure: 'script_failed' }] });
    } finally {
      sandbox.close();
    }
  });

  it('is read before it runs', () => {
    expect(() => prepareScorers([parseScorerSpec('javascript:')], noTools, null)).toThrow(/needs JavaScript/);
    expect(Object.keys(scorers)).toContain('javascript');
  });
});

it('counts what a judge cost that gave no verdict, on its own and in a composition', async () => {
  const tools: ScorerTools = {
    ...noTools,
    judgeModel: () => 'test/judge',
    judgePrompt: async (name) => ({
      name,
      version: 1,
      content: {
        messages: [{ role: 'user', content: 'x' }],
        parameters: {},
        responseFormat: { type: 'json', schema: {} },
      },
    }),
    askJudge: async (_, read) => read({ output: 'No idea.', costUsd: 0.25 }),
  };
  for (const spec of ['rubric:x', 'all-of:["exact","rubric:x"]']) {
    const judgement = await judge(spec, 'Rome', 'Rome', tools);
    expect(judgement).toMatchObject({ outcome: 'error', scores: [{ failure: 'judge_unreadable', costUsd: 0.25 }] });
    expect(judgingCost(judgement)).toBe(0.25);
  }
});
