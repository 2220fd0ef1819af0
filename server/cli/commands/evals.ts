import { type Command, Option } from 'commander';
import type { CaseFileOptions } from '../../formats/cases-from-rows.ts';
import { encodings } from '../../formats/decode-text.ts';
import { importFile } from '../../services/evaluate/import-file.ts';
import type { SetImport } from '../../services/evaluate/import-set.ts';
import { type EvalSetView, listSets } from '../../services/evaluate/list-sets.ts';
import { type BaselineReport, baselineReport } from '../../services/evaluate/trained-baseline.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { parseDelimiter, parseRate } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount, formatDuration, formatInstant, formatInterval, formatPercent, formatPValue } from '../format.ts';
import { projectOption } from '../options.ts';
import { note } from '../output.ts';
import { checkReadable } from '../read-text-file.ts';
import { formatFields, formatTable } from '../table.ts';
import { addAuditCommand } from './evals-audit.ts';
import { addSizeCommand } from './evals-size.ts';

type ImportOptions = { project: string; set: string; holdout: number } & Pick<
  CaseFileOptions,
  'input' | 'expected' | 'id' | 'tags' | 'group' | 'scorers' | 'delimiter' | 'encoding' | 'sheet'
>;

/** `whetstone evals import|list|baseline|audit|size` */
export function addEvalsCommand(program: Command, runner: CommandRunner): void {
  const evals = program.command('evals').description('evaluation sets: labelled examples');
  evals
    .command('import')
    .description(
      'import a CSV, JSON, JSONL or XLSX file as the next version of a set: all rows or, where one is bad, none',
    )
    .argument('<file>', 'file that ends in .csv, .tsv, .txt, .json, .jsonl, .ndjson or .xlsx')
    .addOption(projectOption())
    .requiredOption('--set <name>', 'set, which is made where there is none')
    .option('--input <field>', 'the one field that becomes a variable (default: every field without another use)')
    .option('--expected <field>', 'field with what is expected (default: expected, label, answer, ideal or output)')
    .option('--id <field>', "field with the case's id (default: id or key; without one it is made from the content)")
    .option('--tags <field>', 'field with tags, separated by commas (default: tags)')
    .option('--group <field>', 'field with what belongs together: its cases stand on one side of the split')
    .option('--scorers <field>', 'field with scorers of the case, in place of those of a run (default: scorers)')
    .addOption(delimiterOption())
    .addOption(new Option('--encoding <name>', 'encoding of the file (default: told from it)').choices(encodings))
    .option('--sheet <name>', 'sheet of a workbook (default: the first)')
    .option('--holdout <rate>', 'share of the cases put aside as holdout, where the set is made', parseRate, 0.2)
    .action((file: string, { project, ...options }: ImportOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        await checkReadable(file);
        const found = await findProject(workbench, project);
        const author = await runner.editor(workbench);
        const given = { path: file, fileName: file };
        const { encoding, ...imported } = await importFile(workbench, found, given, { ...options, author });
        if (encoding !== null && encoding !== 'utf-8') note(`Note: the file was read as ${encoding.toUpperCase()}.`);
        if (imported.repeated > 0)
          note(`Note: ${imported.repeated} rows repeat another one of the file and were left out.`);
        return importResult(imported);
      }),
    );
  evals
    .command('list')
    .description('list the evaluation sets of a project')
    .addOption(projectOption())
    .action((options: { project: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const sets = await listSets(workbench, await findProject(workbench, options.project));
        return { document: { sets }, text: setTable(sets) };
      }),
    );
  evals
    .command('baseline')
    .description('train a classifier on the dev labels of a set, cross-validated: what a prompt has to beat')
    .addOption(projectOption())
    .option('--set <name>', 'set (default: the one that was run last)')
    .action(({ project, set }: { project: string; set?: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const report = await baselineReport(workbench, await findProject(workbench, project), { set, train: true });
        return { document: report, text: baselineText(report) };
      }),
    );
  addAuditCommand(evals, runner);
  addSizeCommand(evals, runner);
}

const delimiterOption = () =>
  new Option(
    '--delimiter <character>',
    'what separates the fields of a table, or "tab" (default: told from it)',
  ).argParser(parseDelimiter);

function importResult({ set, ...counts }: SetImport) {
  const { slug, name, version, caseCount } = set;
  const parts = [
    `${formatCount(counts.added)} added`,
    `${formatCount(counts.replaced)} replaced`,
    `${formatCount(counts.unchanged)} unchanged`,
  ];
  const sides = `${formatCount(counts.dev)} dev, ${formatCount(counts.holdout)} holdout`;
  return {
    document: { set: slug, name, version, caseCount, ...counts },
    text: `"${name}" is at version ${version}: ${parts.join(', ')}; ${formatCount(caseCount)} cases (${sides}). Commands take it as --set ${slug}.`,
  };
}

function setTable(sets: readonly EvalSetView[]): string {
  if (sets.length === 0)
    return 'There are no evaluation sets yet. "whetstone evals import --help" shows how one is made.';
  return formatTable(
    [
      { title: 'set' },
      { title: 'name' },
      { title: 'version', align: 'right' },
      { title: 'cases', align: 'right' },
      { title: 'holdout', align: 'right' },
      { title: 'created' },
    ],
    sets.map((set) => [
      set.slug,
      set.name,
      String(set.version),
      formatCount(set.caseCount),
      formatPercent(set.holdoutShare),
      formatInstant(set.createdAt),
    ]),
  );
}

function baselineText({ set, setVersion, baseline, prompt, comparison }: BaselineReport): string {
  if (baseline === null) return 'No classifier was trained.';
  const rate = (of: { n: number; passRate: number; interval: readonly [number, number] } | null) =>
    of === null
      ? '–'
      : `${formatPercent(of.passRate)}  (95 % interval ${formatInterval(of.interval)}, n = ${formatCount(of.n)})`;
  const fields = formatFields([
    ['set', `${set}@${setVersion}`],
    ['labels learnt', formatCount(baseline.labelsUsed)],
    ['dev', rate(baseline.dev)],
    ['holdout', rate(baseline.holdout)],
    ['training', `${formatDuration(baseline.trainingMs)}, ${baseline.folds} folds, ${baseline.library}`],
  ]);
  if (prompt === null || comparison === null) return fields;
  const { verdict, fixed, broken, n, pValue } = comparison;
  const side = `${prompt.prompt}@${prompt.version} with ${prompt.model}${prompt.standIn ? ' (stand-in)' : ''}, run ${prompt.run}`;
  return `${fields}\n\n${verdict}: ${side}, against the classifier: ${formatPercent(prompt.dev.passRate)} on dev; ${fixed} fixed, ${broken} broken of ${n}, ${formatPValue(pValue)}.`;
}
