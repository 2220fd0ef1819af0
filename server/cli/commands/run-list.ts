import { type Command, Option } from 'commander';
import { runStatuses } from '../../domain/run.ts';
import type { RunSearch } from '../../domain/run-filter.ts';
import { slugOf } from '../../domain/slug.ts';
import { listRuns, type RunOverview } from '../../services/evaluate/run-overview.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount, formatInstant, formatInterval, formatPercent } from '../format.ts';
import type { CommandResult } from '../output.ts';
import { formatTable } from '../table.ts';

/** `whetstone runs list` */
export function addRunListCommand(runs: Command, runner: CommandRunner): void {
  runs
    .command('list')
    .description('list runs, newest first')
    .option('--project <name>', 'only those of this project')
    .option('--prompt <name>', 'only those of this prompt')
    .option('--model <connection/model>', 'only those by this model')
    .option('--set <name>', 'only those on this evaluation set')
    .addOption(new Option('--split <side>', 'only those on these cases').choices(['dev', 'holdout', 'all']))
    .addOption(new Option('--status <status>', 'only those that stand there').choices(runStatuses))
    .option('--tag <tag>', 'only those with this tag')
    .option('--search <words>', 'only those in whose names, note or tags each word stands')
    .option('--archived', 'archived ones too')
    .option('--limit <n>', 'at most so many', integerWithin(1, Number.MAX_SAFE_INTEGER))
    .action(({ project, ...wanted }: ListOptions, command: Command) =>
      runner.run(command, async (workbench) => runList(await overviews(workbench, project, wanted))),
    );
}

type ListOptions = Omit<RunSearch, 'archived' | 'after'> & { archived?: true; project?: string };

async function overviews(
  workbench: Workbench,
  project: string | undefined,
  { archived, prompt, set, ...wanted }: Omit<ListOptions, 'project'>,
): Promise<RunOverview[]> {
  const search: RunSearch = {
    ...wanted,
    ...(prompt === undefined ? {} : { prompt: slugOf(prompt) }),
    ...(set === undefined ? {} : { set: slugOf(set) }),
    archived: archived ? 'with' : 'without',
  };
  const projects =
    project === undefined ? await workbench.stores.projects.list() : [await findProject(workbench, project)];
  const lists = await Promise.all(projects.map((found) => listRuns(workbench, found, search)));
  return lists
    .flat()
    .sort((a, b) => b.id - a.id)
    .slice(0, search.limit);
}

function runList(runs: readonly RunOverview[]): CommandResult {
  const columns = [
    { title: 'run', align: 'right' as const },
    { title: 'status' },
    { title: 'project' },
    { title: 'prompt' },
    { title: 'model' },
    { title: 'set' },
    { title: 'pass rate', align: 'right' as const },
    { title: '95 % interval', align: 'right' as const },
    { title: 'n', align: 'right' as const },
    { title: 'errors', align: 'right' as const },
    { title: 'created' },
  ];
  const rows = runs.map((run) => [
    String(run.id),
    run.status,
    run.project,
    `${run.prompt}@${run.version}`,
    run.model,
    `${run.set} v${run.setVersion} ${run.split}`,
    formatPercent(run.passRate),
    formatInterval(run.interval),
    formatCount(run.n),
    formatCount(run.errors),
    formatInstant(run.createdAt),
  ]);
  const text =
    runs.length === 0
      ? 'There are no such runs. "whetstone run --help" shows how one is made.'
      : formatTable(columns, rows);
  return { document: { runs }, text };
}
