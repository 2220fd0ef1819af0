import type { Command } from 'commander';
import type { CommandRunner } from '../command-runner.ts';
import { addMonitorCheck } from './monitor-check.ts';
import { addMonitorRedaction } from './monitor-redaction.ts';
import { addMonitorShow } from './monitor-show.ts';
import { addMonitorToSet } from './monitor-to-set.ts';
import { addMonitorTraces } from './monitor-traces.ts';

/** `whetstone monitor …` */
export function addMonitorCommand(program: Command, runner: CommandRunner): void {
  const monitor = program.command('monitor').description('what production shows, and what is to be told of it');
  addMonitorShow(monitor, runner);
  addMonitorCheck(monitor, runner);
  addMonitorToSet(monitor, runner);
  addMonitorRedaction(monitor, runner);
  addMonitorTraces(monitor, runner);
}
