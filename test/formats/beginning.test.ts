import { describe, expect, it } from 'vitest';
import { contentProblems } from '../../server/domain/prompt-problems.ts';
import { compilePrompt } from '../../server/domain/template.ts';
import { exportPrompt } from '../../server/formats/export-prompt.ts';
import { readPromptFile } from '../../server/formats/read-prompt-file.ts';
import { contentOf, draftOf } from '../../web/src/pages/prompts/draft.ts';
import { exported } from './prompt-arbitrary.ts';

/** Prompts whose last message is the assistant's: a beginning that the model continues. */
const withBeginning = (beginning: string) => ({
  messages: [
    { role: 'user' as const, content: 'Review: {{review}}' },
    { role: 'assistant' as const, content: beginning },
  ],
  parameters: {},
  responseFormat: { type: 'labels' as const, labels: ['positive', 'negative'] },
});
const beginnings = ['Label:', 'Label: ', '  {{review}} is', '{"label": "', '**标签**：'];

describe('a beginning that the model continues', () => {
  it.each(beginnings)('is kept as written in every format that is read again: %j', (beginning) => {
    const content = withBeginning(beginning);
    for (const format of ['prompt.yml', 'prompty'] as const) {
      const { fileName, text } = exportPrompt(format, exported(content));
      expect(readPromptFile(fileName, text).content.messages, format).toEqual(content.messages);
    }
    expect(JSON.parse(exportPrompt('openai', exported(content)).text).messages).toEqual(content.messages);
  });

  it.each(['Label:\n', '  \n'])(
    'keeps its line breaks, or is refused where a format has no place for them: %j',
    (text) => {
      const content = withBeginning(text);
      const yml = exportPrompt('prompt.yml', exported(content));
      expect(readPromptFile(yml.fileName, yml.text).content.messages).toEqual(content.messages);
      expect(() => exportPrompt('prompty', exported(content))).toThrow(
        expect.objectContaining({
          code: 'prompty_not_possible',
          message: expect.stringMatching(/^Message 2, .* line breaks at the start and end/),
        }),
      );
    },
  );

  it.each(beginnings)(
    'is no problem to the checks and the editor, and is rendered as the last message: %j',
    (beginning) => {
      const content = withBeginning(beginning);
      expect(contentProblems(content)).toEqual([]);
      expect(contentOf(draftOf(content)).content.messages).toEqual(content.messages);
      const rendered = compilePrompt(content).render({ review: 'Lovely' });
      expect(rendered.at(-1)).toEqual({ role: 'assistant', content: beginning.replace('{{review}}', 'Lovely') });
    },
  );
});
