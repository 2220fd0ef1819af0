import path from 'node:path';
import { vi } from 'vitest';
import type { CliDependencies } from '../../server/cli/dependencies.ts';
import { runCli } from '../../server/cli/main.ts';
import { createEnvironment } from '../../server/providers/environment.ts';
import { openWorkbench } from '../../server/services/open-workbench.ts';
import { type CommandLine, type Ended, expectJson } from './command-line.ts';

/** Runs one command in the process of the test, where many are tried and none gets far. */
export async function runInProcess(args: readonly string[], dependencies: CliDependencies): Promise<Ended> {
  const [stdout, stderr] = [process.stdout, process.stderr].map(capture);
  try {
    const code = await runCli(['node', 'whetstone', ...args], dependencies);
    return { code, stdout: stdout?.text() ?? '', stderr: stderr?.text() ?? '' };
  } finally {
    stdout?.end();
    stderr?.end();
  }
}

function capture(stream: NodeJS.WriteStream) {
  let text = '';
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk, ...more) => {
    text += chunk;
    for (const callback of more) if (typeof callback === 'function') callback();
    return true;
  });
  return { text: () => text, end: () => spy.mockRestore() };
}

/** The same command line without a process for each command, and without a look for servers on this machine. */
export function inThisProcess(cli: CommandLine): CommandLine {
  const dependencies: CliDependencies = {
    ...noWorkbench,
    token: () => cli.environment.WHETSTONE_TOKEN,
    openWorkbench: () =>
      openWorkbench({
        dataDirectory: cli.data,
        programDirectory: path.resolve(import.meta.dirname, '../..'),
        environment: createEnvironment(path.join(cli.data, '.env'), cli.environment),
        detection: [],
        version: noWorkbench.version,
      }),
  };
  const run = (...args: string[]) => runInProcess(args, dependencies);
  return { ...cli, run, json: (...args) => expectJson(args, run(...args, '--json')) };
}

/** For commands that end before anything is opened. */
export const noWorkbench: CliDependencies = {
  version: '1.2.3',
  token: () => undefined,
  openWorkbench: () => Promise.reject(new Error('the workbench was opened')),
  serve: () => Promise.reject(new Error('the server was started')),
};
