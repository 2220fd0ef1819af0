import type { Command } from 'commander';
import { type AuditReport, auditSet, type SuspectView } from '../../services/evaluate/label-audit.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount, formatPercent } from '../format.ts';
import { projectOption } from '../options.ts';
import { formatTable } from '../table.ts';

/** `whetstone evals audit` */
export function addAuditCommand(evals: Command, runner: CommandRunner): void {
  evals
    .command('audit')
    .description('list the labels of a set that are likely wrong, the most doubtful first, each with the reasons')
    .addOption(projectOption())
    .requiredOption('--set <name>', 'set')
    .option('--limit <n>', 'how many are listed', integerWithin(1, 500), 20)
    .action(({ project, set, limit }: { project: string; set: string; limit: number }, command: Command) =>
      runner.run(command, async (workbench) => {
        const found = await findProject(workbench, project);
        const report = await auditSet(workbench, found, set, { limit, train: true });
        return { document: report, text: auditText(report) };
      }),
    );
}

function auditText(report: AuditReport): string {
  if (report.reason !== null) return report.reason.message;
  const { suspects, suspectCount, cases, settled } = report;
  const sources = formatTable(
    [
      { title: 'source' },
      { title: 'cases', align: 'right' },
      { title: 'as labelled', align: 'right' },
      { title: 'weight', align: 'right' },
    ],
    report.sources.map((source) => [
      source.source === 'run' ? `run ${source.run}` : source.source.replace('_', '-'),
      formatCount(source.n),
      source.n === 0 ? '–' : formatPercent(source.right / source.n),
      source.weight.toFixed(2),
    ]),
  );
  const reason = report.classifierReason === null ? '' : `\n\nWithout a classifier: ${report.classifierReason.message}`;
  const head = `${formatCount(suspectCount)} of ${formatCount(cases)} labels have something against them; ${formatCount(settled)} are settled.`;
  if (suspects.length === 0) return `${sources}${reason}\n\n${head}`;
  return `${sources}${reason}\n\n${head} The most doubtful:\n${suspectTable(suspects)}`;
}

const suspectTable = (suspects: readonly SuspectView[]): string =>
  formatTable(
    [
      { title: 'case' },
      { title: 'label' },
      { title: 'rather' },
      { title: 'doubt', align: 'right' },
      { title: 'says so' },
      { title: 'text' },
    ],
    suspects.map(({ key, label, suggestion, doubt, evidence, variables }) => [
      key,
      label,
      suggestion ?? '–',
      doubt.toFixed(1),
      evidence
        .flatMap((one) =>
          one.doubt <= 0 ? [] : [one.source === 'run' ? `run ${one.run}` : one.source.replace('_', '-')],
        )
        .join(', '),
      Object.values(variables)
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
        .join(' '),
    ]),
  );
