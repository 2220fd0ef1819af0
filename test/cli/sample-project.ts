import type { CommandLine } from './command-line.ts';

/** Adds the options that name the project of these tests, which has a space in it as people write them. */
export const inProject = (...args: string[]) => [...args, '--project', 'Restaurant reviews'];

/** A project with a set of `count` cases, all dev, every other one positive, and a first prompt version. */
export async function addSampleProject(cli: CommandLine, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => `${index},Review ${index},${labelOf(index)}`);
  const set = await cli.file('reviews.csv', ['id,text,label', ...rows].join('\n'));
  await cli.json('project', 'create', 'Restaurant reviews');
  await cli.json(...inProject('evals', 'import', set, '--set', 'Short reviews', '--holdout', '0'));
  await addVersion(cli, 'Positive or negative? {{text}}');
}

export async function addVersion(cli: CommandLine, text: string) {
  const file = await cli.file('classify.txt', text);
  return cli.json(...inProject('prompts', 'add', file, '--prompt', 'Classify mood'));
}

export const labelOf = (index: number): string => (index % 2 === 0 ? 'positive' : 'negative');

/** The number of the review that a prompt asks about. */
export const reviewOf = (content: string): number => Number(/Review (\d+)/.exec(content)?.[1]);

export const runArguments = (version: number, ...more: string[]) => [
  ...inProject('run', '--prompt', `Classify mood@${version}`, '--set', 'Short reviews', '--model', 'openai/test-model'),
  ...more,
];
