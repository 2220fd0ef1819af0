import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import type { PromptContent } from '../../../server/domain/prompt.ts';
import type { TryEvent } from '../../../server/domain/try-event.ts';
import type { Provider } from '../../../server/providers/provider.ts';
import { previewPrompt } from '../../../server/services/prototype/preview-prompt.ts';
import { tryPrompt } from '../../../server/services/prototype/try-prompt.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import type { CompatibleServerOptions } from '../../fixtures/compatible-server.ts';
import { pricesOf } from '../../fixtures/prices-of.ts';
import { scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let opened: TestWorkbench;
let project: Project;
async function open(options: CompatibleServerOptions = {}) {
  opened = await openTestWorkbench(options);
  project = (await seedProject(opened.workbench)).project;
}
afterEach(() => opened.close());

const prompt = (content: string, more: Partial<PromptContent> = {}): PromptContent => ({
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content },
  ],
  parameters: {},
  responseFormat: { type: 'text' },
  ...more,
});

/** The workbench whose models are all somewhere else. */
const elsewhere = ({ providers, ...rest }: Workbench): Workbench => ({
  ...rest,
  providers: {
    ...providers,
    connections: (options) => providers.connections(options),
    models: (options) => providers.models(options),
    get: async (connection) => {
      const provider = await providers.get(connection);
      const moved: Provider = {
        connection,
        destination: 'network',
        standIn: false,
        models: (signal) => provider.models(signal),
        complete: (request, options) => provider.complete(request, options),
      };
      return moved;
    },
  },
});

describe('previewPrompt', () => {
  beforeEach(() => open());
  const preview = (content: PromptContent, variables = {}, model: string | null = null) =>
    previewPrompt(opened.workbench, project, { content, variables, model });

  it('renders a draft and says what a call would take', async () => {
    const content = prompt('Review: {{review}}', {
      responseFormat: { type: 'labels', labels: ['positive', 'negative'] },
    });
    expect(await preview(content, { review: 'Lovely <b>' }, testModel)).toEqual({
      variables: ['review'],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Review: Lovely <b>' },
      ],
      problems: [],
      inputTokens: 15,
      outputTokens: 3,
      costUsdPer1000Calls: 0,
    });
  });

  it('estimates cost by the price table, and none where the table has no price', async () => {
    const { workbench } = opened;
    const prices = pricesOf({ [testModel]: { input: 1, cachedInput: null, output: 10 } });
    const draft = { content: prompt('{{review}}'), variables: { review: 'one two three' } };
    const priced = await previewPrompt({ ...workbench, prices }, project, { ...draft, model: testModel });
    expect(priced.costUsdPer1000Calls).toBeCloseTo((priced.inputTokens + 10 * priced.outputTokens) / 1000);
    const unknown = await previewPrompt(elsewhere(workbench), project, { ...draft, model: testModel });
    expect(unknown.costUsdPer1000Calls).toBeNull();
  });

  it('tells what is wrong as data, and what can be told beside it', async () => {
    expect(await preview(prompt('{{review}} {{tone}}'), { review: 'x' })).toMatchObject({
      variables: ['review', 'tone'],
      messages: null,
      problems: [{ message: 1, text: expect.stringContaining('"tone" is missing') }],
    });
    const broken = await preview(
      {
        ...prompt('a\n{{#if x}}'),
        messages: [
          { role: 'system', content: '{{rules}}' },
          { role: 'user', content: 'a\n{{#if x}}' },
        ],
      },
      {},
      'nowhere/model',
    );
    expect(broken).toMatchObject({ variables: ['rules'], messages: null, costUsdPer1000Calls: null });
    expect(broken.problems).toMatchObject([
      { message: 1, line: expect.any(Number), code: 'block_open', text: expect.stringContaining('not closed') },
      { message: null, line: null, text: expect.stringContaining('"nowhere"') },
    ]);
    expect(broken.inputTokens).toBeGreaterThan(0);
  });

  it('says that a model may not be asked', async () => {
    await opened.workbench.stores.projects.saveScope(project.id, scopeAsking({ dataMayLeave: false }), '');
    const draft = { content: prompt('x'), variables: {}, model: testModel };
    const preview = await previewPrompt(elsewhere(opened.workbench), project, draft);
    expect(preview.problems).toEqual([expect.objectContaining({ text: expect.stringContaining('on this machine') })]);
  });
});

describe('tryPrompt', () => {
  const attempt = async (content: PromptContent, { model = testModel, signal = new AbortController().signal } = {}) => {
    const events: TryEvent[] = [];
    const draft = { content, variables: { review: 'Lovely' }, model };
    for await (const event of await tryPrompt(opened.workbench, project, draft, signal)) events.push(event);
    return events;
  };

  it('streams an answer in pieces, then says what it took', async () => {
    await open({ answer: () => 'It is a positive review, all in all.', chunkDelayMs: 5 });
    const events = await attempt(prompt('{{review}}', { parameters: { maxTokens: 50 } }));
    const texts = events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).toBe('It is a positive review, all in all.');
    expect(events.at(-1)).toEqual({
      type: 'done',
      output: 'It is a positive review, all in all.',
      finishReason: 'stop',
      inputTokens: expect.any(Number),
      outputTokens: expect.any(Number),
      costUsd: 0,
      latencyMs: expect.any(Number),
      notes: [],
    });
    const [request] = opened.server.requests;
    expect(JSON.stringify(request)).toContain('Lovely');
  });

  it('judges the answer as a run over the set would', async () => {
    await open({ answer: () => 'positive' });
    const content = prompt('{{review}}', { responseFormat: { type: 'labels', labels: ['positive', 'negative'] } });
    const events: TryEvent[] = [];
    const draft = {
      content,
      variables: { review: 'Bad' },
      model: testModel,
      expected: { set: 'labelled', expected: 'negative' },
    };
    for await (const event of await tryPrompt(opened.workbench, project, draft, new AbortController().signal))
      events.push(event);
    expect(events.slice(-2)).toMatchObject([
      { type: 'done', output: 'positive' },
      { type: 'judged', outcome: 'failed', scores: [{ scorer: 'label', answer: 'positive', passed: false }] },
    ]);
    const elsewhereHeld = { ...draft, expected: { set: 'none', expected: 'negative' } };
    await expect(
      tryPrompt(opened.workbench, project, elsewhereHeld, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'eval_set_missing' });
  });

  it('ends with an error event where the model does not answer', async () => {
    await open({ faults: { perRequest: () => 'serverError' } });
    const events = await attempt(prompt('{{review}}'));
    expect(events).toEqual([{ type: 'error', code: 'server_error', message: expect.any(String) }]);
  });

  it('throws before anything is asked what can not be asked', async () => {
    await open();
    await expect(attempt(prompt('{{other}}'))).rejects.toMatchObject({ code: 'template_error' });
    await expect(attempt(prompt('x'), { model: 'nowhere/model' })).rejects.toMatchObject({
      code: 'connection_missing',
    });
    await expect(attempt(prompt('x'), { model: 'model' })).rejects.toMatchObject({ code: 'model_reference_invalid' });
    await opened.workbench.stores.projects.saveScope(project.id, scopeAsking({ dataMayLeave: false }), '');
    const draft = { content: prompt('x'), variables: {}, model: testModel };
    await expect(
      tryPrompt(elsewhere(opened.workbench), project, draft, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'data_may_not_leave', kind: 'refused' });
    expect(opened.server.count).toBe(0);
    // A server on this machine may be asked all the same.
    expect((await attempt(prompt('x'))).at(-1)).toMatchObject({ type: 'done' });
  });

  it('ends the call when nobody reads any more', async () => {
    await open({ answer: () => 'word '.repeat(200), chunkDelayMs: 20 });
    const draft = { content: prompt('x'), variables: {}, model: testModel };
    for await (const event of await tryPrompt(opened.workbench, project, draft, new AbortController().signal)) {
      expect(event.type).toBe('text');
      break;
    }
    await expect.poll(() => opened.server.inFlight).toBe(0);
  });

  it('ends the call when it is stopped', async () => {
    await open({ answer: () => 'word '.repeat(200), chunkDelayMs: 20 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped by the person')), 100);
    await expect(attempt(prompt('x'), { signal: stop.signal })).rejects.toThrow('stopped by the person');
    await expect.poll(() => opened.server.inFlight).toBe(0);
  });
});
