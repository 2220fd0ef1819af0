/** What a prompt version can be written as. */
export const exportFormats = ['prompt.yml', 'prompty', 'openai', 'promptfoo', 'typescript', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];
