import type { Command } from 'commander';
import { listModels } from '../../services/models/list-models.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatTable } from '../table.ts';

/** `whetstone models list` */
export function addModelsCommand(program: Command, runner: CommandRunner): void {
  const models = program.command('models').description('models that can be asked');
  models
    .command('list')
    .description('list the models that answer now, and the connections that do not')
    .action((_options: unknown, command: Command) =>
      runner.run(command, async (workbench) => {
        const listed = await listModels(workbench, null, { refresh: false });
        const connections = await workbench.providers.connections();
        const rows = listed.map(({ reference, destination, standIn, price }) => [
          reference,
          { in_process: 'in this process', loopback: 'this machine', network: 'elsewhere' }[destination],
          price === null ? '' : `$${price.input} in, $${price.output} out`,
          standIn ? 'a stand-in to learn the tool with' : '',
        ]);
        const table = formatTable(
          [{ title: 'model' }, { title: 'answers in' }, { title: 'per million tokens' }, { title: '' }],
          rows,
        );
        const silent = connections
          .filter(({ state }) => state !== 'reachable')
          .map(({ slug, reason }) => `${slug}: ${reason}`);
        return {
          document: { models: listed, connections },
          text:
            silent.length === 0
              ? table
              : `${table}\n\nNot available now:\n${silent.map((line) => `  ${line}`).join('\n')}`,
        };
      }),
    );
}
