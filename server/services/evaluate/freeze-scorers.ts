import { readParts } from '../../../evals/scorers/shared/parts.ts';
import { missing } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { readScorerFileReference } from '../../domain/scorer-file.ts';
import { formatScorerSpec, parseScorerSpec } from '../../domain/scorer-spec.ts';
import { readScorerFile } from '../../formats/scorer-files.ts';
import type { Workbench } from '../workbench.ts';

type Sources = Pick<Workbench, 'stores' | 'scorersDirectory'>;

/**
 * The scorers with all that may change held at what it is now, so that a run says what judged it and goes on being judged by the same: a judge prompt of the project at
 * its newest version (`judge:tone@2`), a file of one's own at its text (`script:polite@1f0c…`), in compositions too. Throws `judge_prompt_missing` and
 * `scorer_file_missing`.
 */
export const freezeScorers = (
  sources: Sources,
  project: Project,
  scorers: readonly ScorerSpec[],
): Promise<ScorerSpec[]> => Promise.all(scorers.map((spec) => frozen(sources, project, spec)));

async function frozen(sources: Sources, project: Project, spec: ScorerSpec): Promise<ScorerSpec> {
  if (spec.name === 'judge') return { ...spec, args: await heldPrompt(sources, project, spec.args.trim()) };
  if (spec.name === 'script') return { ...spec, args: await heldFile(sources, spec.args.trim()) };
  if (spec.name !== 'all-of' && spec.name !== 'any-of') return spec;
  const parts = await freezeScorers(sources, project, readParts(spec.name, spec.args).map(parseScorerSpec));
  return { ...spec, args: JSON.stringify(parts.map(formatScorerSpec)) };
}

async function heldPrompt({ stores }: Sources, project: Project, reference: string): Promise<string> {
  const [name = '', version] = reference.split('@');
  const prompt = await stores.prompts.find(project.id, name);
  const found =
    prompt === null ? null : await stores.prompts.version(prompt.id, version === undefined ? null : Number(version));
  if (found !== null) return `${name}@${found.number}`;
  throw missing(
    'judge_prompt_missing',
    `${project.name} has no prompt "${reference}" to judge by. Write one in the editor, or name another in judge:PROMPT.`,
    { details: { prompt: reference } },
  );
}

async function heldFile(sources: Sources, reference: string): Promise<string> {
  const { name, hash } = readScorerFileReference(reference) ?? { name: reference, hash: null };
  if (hash !== null) {
    await keptScorerFile(sources, reference);
    return reference;
  }
  const file = await readScorerFile(sources.scorersDirectory, name);
  await sources.stores.scorerFiles.keep(file);
  return `${name}@${file.hash}`;
}

/** The text of a scorer of one's own, as a run is held at it. Throws `scorer_file_missing`. */
export async function keptScorerFile({ stores }: Pick<Workbench, 'stores'>, reference: string): Promise<string> {
  const { name, hash } = readScorerFileReference(reference) ?? { name: reference, hash: null };
  const file = hash === null ? null : await stores.scorerFiles.find(name, hash);
  if (file !== null) return file.source;
  throw missing(
    'scorer_file_missing',
    `No text of the scorer file "${reference}" is kept. Name the file alone, as in script:${name}, to take it as it is now.`,
    { details: { name: reference, names: [] } },
  );
}
