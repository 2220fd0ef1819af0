import type { ExportFormat } from '../domain/export-format.ts';
import type { Release } from '../domain/release.ts';
import type { ExportedPrompt } from './exported-prompt.ts';
import { writeMarkdown } from './markdown.ts';
import { writeOpenAiMessages } from './openai-messages.ts';
import { writePromptYml } from './prompt-yml.ts';
import { writePromptfoo } from './promptfoo/index.ts';
import { writePrompty } from './prompty.ts';
import { writeTypeScript } from './typescript/index.ts';

const writers = {
  'prompt.yml': { ending: 'prompt.yml', write: writePromptYml },
  prompty: { ending: 'prompty', write: writePrompty },
  openai: { ending: 'openai.json', write: writeOpenAiMessages },
  promptfoo: { ending: 'promptfooconfig.yaml', write: writePromptfoo },
  typescript: { ending: 'ts', write: writeTypeScript },
  markdown: { ending: 'md', write: writeMarkdown },
} as const satisfies Record<ExportFormat, { ending: string; write: (about: ExportedPrompt) => string }>;

/** `keptName` is for a folder that is kept in git, where the next version takes the place of this one. */
export type ExportedFile = { fileName: string; keptName: string; text: string };

/** Writes a prompt version in a format. Throws `prompty_not_possible`, `promptfoo_not_possible`, `typescript_not_possible`. */
export function exportPrompt(format: ExportFormat, about: ExportedPrompt): ExportedFile {
  const { ending, write } = writers[format];
  const evidence = format === 'openai' ? evidenceName(about.release) : '';
  const { slug } = about.prompt;
  const fileName = `${slug}-v${about.version.number}${evidence}.${ending}`;
  return { fileName, keptName: `${slug}.${ending}`, text: write(about) };
}

/** JSON has no comments, and OpenAI takes `metadata` only where it may store the answer: so the name says on what evidence it was approved. */
const evidenceName = (release: Release | null): string =>
  release === null ? '' : `-release-${release.number}-${release.evidenceDigest.slice(0, 12)}`;
