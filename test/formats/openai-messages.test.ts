import { describe, expect, it } from 'vitest';
import { exportPrompt } from '../../server/formats/export-prompt.ts';
import { exported, release } from './prompt-arbitrary.ts';

const messages = [
  { role: 'system' as const, content: 'Answer in JSON.' },
  { role: 'user' as const, content: '{{review}}' },
];

describe('OpenAI messages', () => {
  it('is a request body: names as the interface has them, templates as they are', () => {
    const content = {
      messages,
      parameters: { temperature: 0, topP: 0.5, maxTokens: 10, seed: 3, stop: ['END'] },
      responseFormat: { type: 'json' as const, schema: { type: 'object' } },
    };
    const { fileName, text } = exportPrompt('openai', exported(content, { release }));
    expect(fileName).toBe('sentiment-v2-release-4-eeeeeeeeeeee.openai.json');
    expect(JSON.parse(text)).toEqual({
      model: 'gpt-5-mini',
      messages,
      temperature: 0,
      top_p: 0.5,
      max_completion_tokens: 10,
      seed: 3,
      stop: ['END'],
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
    });
  });

  it('has only what is set', () => {
    const content = { messages, parameters: {}, responseFormat: { type: 'text' as const } };
    expect(JSON.parse(exportPrompt('openai', exported(content)).text)).toEqual({ messages });
  });
});

describe('exportPrompt', () => {
  it.each([
    ['prompt.yml', 'sentiment-v2.prompt.yml'],
    ['prompty', 'sentiment-v2.prompty'],
    ['typescript', 'sentiment-v2.ts'],
    ['markdown', 'sentiment-v2.md'],
  ] as const)('names a file of the format %s', (format, fileName) => {
    const content = { messages, parameters: {}, responseFormat: { type: 'text' as const } };
    const file = exportPrompt(format, exported(content));
    expect(file.fileName).toBe(fileName);
    expect(file.text).toContain('review');
  });
});
