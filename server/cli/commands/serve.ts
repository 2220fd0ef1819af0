import path from 'node:path';
import type { Command } from 'commander';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';

type Options = { port: number; host: string; open: boolean; download: boolean; prompts?: string; keepTraces?: number };
const resolved = (folder: string) => path.resolve(folder);

/** `whetstone serve` */
export function addServeCommand(program: Command, runner: CommandRunner): void {
  program
    .command('serve')
    .description('serve the workbench: its pages and the HTTP interface')
    .option('--port <n>', 'port to listen on', integerWithin(0, 65535), 4300)
    .option('--host <address>', 'address to listen on; only loopback is allowed', '127.0.0.1')
    .option('--open', 'open the workbench in the browser', false)
    .option('--no-download', 'fetch no model; without one on this machine the sample runs on the stand-in')
    .option(
      '--prompts <folder>',
      'offer changed files <folder>/<project>/<prompt>.prompt.yml as new versions',
      resolved,
    )
    .option('--keep-traces <days>', 'delete traces that ended longer ago; observations stay', integerWithin(1, 3650))
    .action(async (options: Options, command: Command) => {
      const { url, dataDirectory, closed } = await runner.dependencies.serve({
        ...options,
        ...runner.folders(command),
      });
      const text = `Whetstone is at ${url} (data in ${dataDirectory}). Ctrl-C ends it.`;
      await runner.answer(command, { document: { url, dataDirectory }, text });
      await closed;
    });
}
