import type { Project } from '../../domain/project.ts';
import { type JudgePrompt, ScoringError } from '../../domain/scorer.ts';
import type { Workbench } from '../workbench.ts';

/** Before the name of a prompt that is the project's, whatever the program brings. */
const ofProject = 'project:';

/**
 * A judge prompt that came with the program, else a prompt of the project, and only such a one after `project:`; the newest version unless one is named, as in
 * `tone@2`. Throws `ScoringError`.
 */
export async function findJudgePrompt(
  { stores, judgePrompts }: Pick<Workbench, 'stores' | 'judgePrompts'>,
  project: Project,
  reference: string,
): Promise<JudgePrompt> {
  const own = reference.startsWith(ofProject);
  const [name = '', version] = (own ? reference.slice(ofProject.length) : reference).split('@');
  const number = version === undefined ? null : Number(version);
  const shipped = judgePrompts
    .filter((prompt) => !own && prompt.name === name && (number === null || prompt.version === number))
    .sort((a, b) => b.version - a.version);
  if (shipped[0] !== undefined) return shipped[0];
  const prompt = await stores.prompts.find(project.id, name);
  const found = prompt === null ? null : await stores.prompts.version(prompt.id, number);
  if (found !== null) return { name, version: found.number, content: found.content };
  const names = [...new Set(judgePrompts.map((judge) => judge.name))].join(', ');
  if (own)
    throw new ScoringError('scorer_failed', `${project.name} has no prompt "${name}" of that version to judge by.`);
  throw new ScoringError(
    'scorer_failed',
    `There is no judge prompt "${reference}": ${project.name} has no such prompt, and the program brings ${names}.`,
  );
}
