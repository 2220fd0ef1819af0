import type { ExportedPrompt } from './exported-prompt.ts';

/** Where an exported file comes from and on what evidence it was approved, for a comment: lines without any text that a person gave. */
export function exportOrigin({
  prompt,
  version,
  release,
}: Pick<ExportedPrompt, 'prompt' | 'version' | 'release'>): string[] {
  const from = `Prompt ${prompt.slug}, version ${version.number}, content hash ${version.contentHash}`;
  return release === null
    ? [`${from}; not released.`]
    : [`${from}.`, `Release ${release.number}, evidence SHA-256 ${release.evidenceDigest}.`];
}
