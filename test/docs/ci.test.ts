import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CommandRunner } from '../../server/cli/command-runner.ts';
import { createProgram } from '../../server/cli/main.ts';
import { noWorkbench } from '../cli/in-process.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');
const read = (name: string) => readFileSync(path.join(docs, name), 'utf8');

const workflow = z.object({
  on: z.object({ pull_request: z.object({ paths: z.array(z.string()) }) }),
  env: z.record(z.string(), z.string()),
  jobs: z.object({
    evaluate: z.object({ 'runs-on': z.string(), steps: z.array(z.looseObject({ run: z.string().optional() })) }),
  }),
});

/** The commands of a shell text that call Whetstone, each as its words. */
const commandsIn = (script: string): string[][] =>
  script
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => /npx whetstone (.*)/.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/ (?:>|\|\|).*$/, '').split(/\s+/));

/** The command that words name, and the words after it. */
function findCommand(program: Command, words: readonly string[]): { command: Command; rest: readonly string[] } {
  const [first, ...rest] = words;
  const child = program.commands.find((command) => command.name() === first);
  return child === undefined ? { command: program, rest: words } : findCommand(child, rest);
}

const program = createProgram(new CommandRunner(noWorkbench), '1.0.0');

function expectKnown(words: readonly string[]): void {
  const { command, rest } = findCommand(program, words);
  expect(command, words.join(' ')).not.toBe(program);
  expect(command.commands, words.join(' ')).toEqual([]);
  const known = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short]);
  for (const word of rest) if (/^--?[a-z]/.test(word)) expect(known, words.join(' ')).toContain(word);
  for (const option of command.options) if (option.mandatory) expect(rest, words.join(' ')).toContain(option.long);
}

it('docs/ci-workflow.yml calls only commands and options that there are, with what they need', () => {
  const { jobs } = workflow.parse(parse(read('ci-workflow.yml')));
  const commands = jobs.evaluate.steps.flatMap(({ run }) => commandsIn(run ?? ''));
  expect(commands.map(([first]) => first)).toEqual(['project', 'evals', 'prompts', 'prompts', 'prompts', 'run', 'run']);
  commands.forEach(expectKnown);
  const last = commands.at(-1) ?? [];
  for (const option of ['--fail-under', '--junit', '--markdown']) expect(last).toContain(option);
  expect(read('ci-workflow.yml')).toMatch(/summary\.md >> "\$GITHUB_STEP_SUMMARY"/);
});

it('docs/ci.md names only commands and options that there are', () => {
  const typed = [...read('ci.md').matchAll(/`((?:runs|run) [^`]+)`/g)].map(([, text]) => (text ?? '').split(/\s+/));
  expect(typed.length).toBeGreaterThan(0);
  typed.forEach(expectKnown);
  const options = [...read('ci.md').matchAll(/`(--[a-z-]+)/g)].map(([, option]) => option);
  const { command } = findCommand(program, ['run']);
  const known = [...command.options, ...program.options].map(({ long }) => long);
  for (const option of options) expect(known).toContain(option);
});
