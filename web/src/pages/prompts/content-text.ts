import { parameterNames } from './draft.ts';
import type { PromptContent } from './prompt-version.ts';

/** Words that a content's text is divided by, in the reader's language. */
export type ContentWords = {
  role: Record<PromptContent['messages'][number]['role'], string>;
  format: string;
  formatType: Record<PromptContent['responseFormat']['type'], string>;
  parameters: string;
  none: string;
};

const heading = (text: string) => `── ${text} ──`;

/** A content as lines of text, for reading and comparing: messages under their roles, the answer's format, the parameters. */
export function contentText({ messages, responseFormat, parameters }: PromptContent, words: ContentWords): string {
  const given = parameterNames.filter((name) => parameters[name] !== undefined);
  return [
    ...messages.flatMap(({ role, content }) => [heading(words.role[role]), content, '']),
    heading(words.format),
    ...formatLines(responseFormat, words),
    '',
    heading(words.parameters),
    ...(given.length === 0
      ? [words.none]
      : given.map((name) => `${name}: ${JSON.stringify(parameters[name], null, name === 'tools' ? 2 : 0)}`)),
  ].join('\n');
}

function formatLines(format: PromptContent['responseFormat'], { formatType }: ContentWords): string[] {
  const type = formatType[format.type];
  if (format.type === 'labels') return [type, ...format.labels.map((label) => `- ${label}`)];
  return format.type === 'json' ? [type, JSON.stringify(format.schema, null, 2)] : [type];
}
