import { type Command, Option } from 'commander';
import type { RunId } from '../../domain/ids.ts';
import type { ReportLanguage } from '../../formats/html-report/report.ts';
import { comparisonReport, runReport } from '../../services/evaluate/html-report.ts';
import { parseMoreRunIds, parseRunId } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { writeTextFile } from '../write-text-file.ts';

type ReportOptions = { out: string; language: ReportLanguage };

/** `whetstone runs report` */
export function addRunReportCommand(runs: Command, runner: CommandRunner): void {
  runs
    .command('report')
    .description('write a run, or several compared, as one HTML file that needs nothing beside it')
    .argument('<run>', 'number of the run; with several, the baseline', parseRunId)
    .argument('[more...]', 'runs that are compared with it', parseMoreRunIds)
    .addOption(new Option('--out <file>', 'file to write').makeOptionMandatory())
    .addOption(new Option('--language <language>', 'of the report').choices(['en', 'zh-CN']).default('en'))
    .action((run: RunId, more: RunId[], { out, language }: ReportOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const html =
          more.length === 0
            ? await runReport(workbench, run, language)
            : await comparisonReport(workbench, [run, ...more], 'all', language);
        await writeTextFile(out, html);
        return { document: { runs: [run, ...more], file: out }, text: `Wrote ${out}.` };
      }),
    );
}
