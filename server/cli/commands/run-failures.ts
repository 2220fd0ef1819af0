import type { Command } from 'commander';
import type { RunId } from '../../domain/ids.ts';
import { categoryTrend, runCategories } from '../../services/improve/category-trend.ts';
import { nextImprovement } from '../../services/improve/next-improvement.ts';
import { parseRunId } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount, formatInterval, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';

/** `whetstone runs failures` */
export function addRunFailuresCommand(runs: Command, runner: CommandRunner): void {
  runs
    .command('failures')
    .description('count why cases of a run failed, by the categories that people gave; --json adds what to try next')
    .argument('<run>', 'number of the run', parseRunId)
    .action((run: RunId, _options: unknown, command: Command) =>
      runner.run(command, async (workbench) => {
        const counts = await runCategories(workbench, run);
        const improvement = await nextImprovement(workbench, run);
        const { since } = await categoryTrend(workbench, run);
        return { document: { run, ...counts, improvement, since }, text: textOf(counts) };
      }),
    );
}

function textOf({ n, failed, unsorted, categories }: Awaited<ReturnType<typeof runCategories>>): string {
  const rows = categories.map(({ category, cases, interval }) => [
    category,
    formatCount(cases),
    formatPercent(n === 0 ? null : cases / n),
    formatInterval(interval),
  ]);
  const columns = [
    { title: 'category' },
    { title: 'cases', align: 'right' as const },
    { title: 'of all', align: 'right' as const },
    { title: '95 % interval', align: 'right' as const },
  ];
  const open =
    unsorted === 0 ? '' : ` ${formatCount(unsorted)} of them are not sorted yet, so that the counts are lower bounds.`;
  const sentence = `${formatCount(failed)} of ${formatCount(n)} judged cases failed.${open}`;
  return rows.length === 0 ? sentence : `${formatTable(columns, rows)}\n\n${sentence}`;
}
