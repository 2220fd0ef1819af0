import path from 'node:path';
import { invalid } from '../domain/errors.ts';
import type { PromptFile } from './prompt-file.ts';
import { readPromptYml } from './prompt-yml.ts';
import { readPrompty } from './prompty.ts';

const readers: readonly { ending: RegExp; read: (fileName: string, text: string) => PromptFile }[] = [
  { ending: /\.prompt\.ya?ml$/i, read: readPromptYml },
  { ending: /\.prompty$/i, read: readPrompty },
  { ending: /\.txt$/i, read: readPromptText },
];

/** Reads a prompt by its file name's ending. Throws `file_type_unknown`, `prompt_file_invalid`. */
export function readPromptFile(fileName: string, text: string): PromptFile {
  const reader = readers.find(({ ending }) => ending.test(fileName));
  if (reader === undefined) {
    throw invalid(
      'file_type_unknown',
      `${path.basename(fileName)} is not a kind of prompt file. Give a .prompt.yml, a .prompty or a .txt file.`,
    );
  }
  return reader.read(fileName, text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
}

/** The whole text is the message of a user; the line break that ends a file is no part of it. */
function readPromptText(fileName: string, text: string): PromptFile {
  const content = text.replace(/\n$/, '');
  if (content.trim() === '') {
    throw invalid('prompt_file_invalid', `${fileName}:1: This file is empty. Write the prompt in it.`);
  }
  return {
    content: { messages: [{ role: 'user', content }], parameters: {}, responseFormat: { type: 'text' } },
    note: '',
    leftOut: [],
  };
}
