import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { CommandRunner } from '../../server/cli/command-runner.ts';
import { createProgram } from '../../server/cli/main.ts';

const unused = () => Promise.reject(new Error('no command runs here'));
const runner = new CommandRunner({ version: '1.0.0', token: () => undefined, openWorkbench: unused, serve: unused });

/** Every command that does something, as typed. */
function commandNames(command: Command, before: string[] = []): string[] {
  return command.commands.flatMap((child) => {
    const name = [...before, child.name()];
    return child.commands.length === 0 ? [name.join(' ')] : commandNames(child, name);
  });
}

it('docs/command-line.md lists every command, and no other', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/command-line.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([a-z -]+)` \|/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(commandNames(createProgram(runner, '1.0.0')).sort());
});
