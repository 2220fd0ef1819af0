import type { Command } from 'commander';
import { createProject } from '../../services/scope/create-project.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatInstant } from '../format.ts';
import { formatTable } from '../table.ts';

/** `whetstone project create|list` */
export function addProjectCommand(program: Command, runner: CommandRunner): void {
  const project = program.command('project').description('projects: one for each application that is built');
  project
    .command('create')
    .description('make a project')
    .argument('<name>', 'its name, such as "Restaurant reviews"')
    .action((name: string, _options: unknown, command: Command) =>
      runner.run(command, async (workbench) => {
        const { slug, name: given, createdAt } = await createProject(workbench, name);
        return {
          document: { slug, name: given, createdAt },
          text: `Made the project "${given}". Commands take it as --project ${slug}.`,
        };
      }),
    );
  project
    .command('list')
    .description('list projects')
    .action((_options: unknown, command: Command) =>
      runner.run(command, async ({ stores }) => {
        const projects = (await stores.projects.list()).map(({ slug, name, createdAt }) => ({ slug, name, createdAt }));
        const rows = projects.map((item) => [item.slug, item.name, formatInstant(item.createdAt)]);
        const table = formatTable([{ title: 'project' }, { title: 'name' }, { title: 'created' }], rows);
        const text =
          projects.length === 0 ? 'There are no projects yet. "whetstone project create NAME" makes one.' : table;
        return { document: { projects }, text };
      }),
    );
}
