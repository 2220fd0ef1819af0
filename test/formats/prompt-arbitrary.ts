import fc from 'fast-check';

import type { ProjectId, PromptId, PromptVersionId, ReleaseId, RunId } from '../../server/domain/ids.ts';
import type { JsonObject } from '../../server/domain/json.ts';
import type { Message, PromptContent } from '../../server/domain/prompt.ts';
import { promptContentHash } from '../../server/domain/prompt.ts';
import type { Release } from '../../server/domain/release.ts';
import type { ExportedPrompt } from '../../server/formats/exported-prompt.ts';

/** Pieces that formats are known to stumble over. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '{{review}}',
    '{{ customer.name }}',
    '{{#if hint}}{{hint}}{{/if}}',
    '{% if x %}',
    '\n',
    '\n\n',
    '  ',
    '\t',
    '---',
    '+++',
    '# ',
    ': ',
    '- ',
    '"',
    "'",
    '|',
    '```',
    '\\{{x}}',
    '很好吃',
    'no',
    '1.0',
    'null',
  ),
);
export const templateText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

const message = (content: fc.Arbitrary<string>): fc.Arbitrary<Message> =>
  fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content });

export const promptContent = (content: fc.Arbitrary<string> = templateText): fc.Arbitrary<PromptContent> =>
  fc.record({
    messages: fc.array(message(content), { minLength: 1, maxLength: 4 }),
    parameters: fc.record(
      {
        temperature: fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10),
        topP: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
        maxTokens: fc.integer({ min: 1, max: 100_000 }),
        seed: fc.integer(),
        stop: fc.array(fc.constantFrom('---', '\n\n', 'END', 'no'), { minLength: 1, maxLength: 4 }),
      },
      { requiredKeys: [] },
    ),
    responseFormat: fc.oneof(
      fc.constant({ type: 'text' as const }),
      fc.record({
        type: fc.constant('labels' as const),
        labels: fc.constantFrom(['positive', 'negative'], ['yes', 'no'], ['1', '2', '3'], ['好评', '差评']),
      }),
      fc.record({
        type: fc.constant('json' as const),
        schema: fc.constantFrom<JsonObject[]>(
          { type: 'object', properties: { 'a---b': { type: 'string', enum: ['yes', '---'] } }, required: ['a---b'] },
          { type: 'object' },
          { type: 'array', items: { type: ['number', 'null'], minimum: -1.5 } },
        ),
      }),
    ),
  });

/** A version with this content, ready to be written. */
export const exported = (content: PromptContent, about: Partial<ExportedPrompt> = {}, note = ''): ExportedPrompt => ({
  project: 'restaurant-reviews',
  prompt: { slug: 'sentiment', name: 'Sentiment' },
  version: {
    id: 7 as PromptVersionId,
    promptId: 3 as PromptId,
    number: 2,
    content,
    contentHash: promptContentHash(content),
    note,
    author: 'Ada',
    parent: 1,
    createdAt: '2026-01-02T03:04:05.000Z',
  },
  variables: ['review'],
  release: null,
  labels: [],
  ...about,
});

export const release: Release = {
  id: 5 as ReleaseId,
  projectId: 1 as ProjectId,
  promptId: 3 as PromptId,
  promptVersionId: 7 as PromptVersionId,
  number: 4,
  model: 'openai/gpt-5-mini',
  parameters: { temperature: 0 },
  evidence: {
    runs: [
      {
        runId: 12 as RunId,
        evalSet: 'restaurant-reviews',
        evalSetVersion: 2,
        split: 'holdout',
        rates: { passed: 42, failed: 8, noAnswer: 3, errors: 1, n: 50, passRate: 0.84, interval: [0.714858, 0.916626] },
        costUsdPer1000Calls: 0.08,
        latencyP95Ms: 812.4,
        createdAt: '2026-01-02T03:04:05.000Z',
      },
    ],
    criteria: [
      { name: 'pass_rate', state: 'not_provable', target: 0.8, observed: 0.84, bound: 0.714858 },
      { name: 'cost', state: 'met', target: 0.1, observed: 0.08, bound: null },
    ],
  },
  evidenceDigest: 'e'.repeat(64),
  note: 'Good enough for the pilot',
  approvedBy: 'Grace',
  overrides: [],
  createdAt: '2026-02-03T04:05:06.000Z',
};
