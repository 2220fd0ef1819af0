import type { Command } from 'commander';
import { invalid } from '../../domain/errors.ts';
import { readOtlpFile } from '../../formats/otlp-file.ts';
import { recordTraces } from '../../services/monitor/record-traces.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount } from '../format.ts';
import { projectOption } from '../options.ts';
import { note } from '../output.ts';
import { readTextFile } from '../read-text-file.ts';

/** `whetstone monitor traces import` */
export function addMonitorTraces(monitor: Command, runner: CommandRunner): void {
  const traces = monitor.command('traces').description('what programs report by OpenTelemetry');
  traces
    .command('import')
    .description("store a file of traces: OTLP in JSON, a request a line, as the Collector's file exporter writes it")
    .argument('<file>', 'file to read')
    .addOption(projectOption())
    .action((file: string, { project: name }: { project: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, name);
        const report = await recordTraces(workbench, readOtlpFile(file, await readTextFile(file)), project.slug);
        const { accepted, rejected, problems } = report;
        if (accepted === 0 && rejected > 0) throw invalid('spans_rejected', `No span was taken. ${problems.join(' ')}`);
        for (const problem of problems) note(`Note: ${problem}`);
        const text = `${formatCount(accepted)} spans are in ${project.name}; those that were there already count once.`;
        return {
          document: report,
          text: rejected === 0 ? text : `${text} ${formatCount(rejected)} could not be taken.`,
        };
      }),
    );
}
