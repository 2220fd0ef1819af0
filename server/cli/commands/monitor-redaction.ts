import type { Command } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import { readRedactionFile, redactionYaml } from '../../formats/redaction-file.ts';
import { redactionView, saveRedaction, tryRedaction } from '../../services/monitor/redaction-rules.ts';
import { actingName, requireRole } from '../../services/people/identify.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { formatCount } from '../format.ts';
import { baseOption, byOption, projectOption } from '../options.ts';
import { type CommandResult, note } from '../output.ts';
import { readTextFile } from '../read-text-file.ts';

const mostNamed = 10;

type InProject = { project: string };
type SetOptions = InProject & { by: string; base?: number };
type ApplyOptions = InProject & { by: string; yes?: true };

/** `whetstone monitor redaction show|set|try|apply` */
export function addMonitorRedaction(monitor: Command, runner: CommandRunner): void {
  const redaction = monitor
    .command('redaction')
    .description('what is taken out of production calls before they are stored');
  redaction
    .command('show')
    .description('print the rules as YAML that "monitor redaction set" reads')
    .addOption(projectOption())
    .action(({ project }: InProject, command: Command) =>
      runner.run(command, async (workbench) => shown(workbench, await findProject(workbench, project))),
    );
  redaction
    .command('set')
    .description('save a YAML or JSON file as the next version of the rules; they hold from the next call on')
    .argument('<file>', 'file with the fields that "monitor redaction show" prints')
    .addOption(projectOption())
    .addOption(baseOption())
    .addOption(byOption())
    .action((file: string, { project: name, by, base }: SetOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const rules = readRedactionFile(file, await readTextFile(file));
        const author = await approver(runner, workbench, by);
        const project = await findProject(workbench, name);
        const saved = await saveRedaction(workbench, project, { rules, author, base });
        const text = saved.created
          ? `Saved version ${saved.number} of the redaction rules of ${project.name}. What is stored already stays as it is until "whetstone monitor redaction apply".`
          : `Version ${saved.number} says these very rules; no new version was made.`;
        return { document: { version: saved.number, created: saved.created }, text };
      }),
    );
  redaction
    .command('try')
    .description('print what the rules leave of a text; it is kept nowhere')
    .argument('<text>', 'the text')
    .addOption(projectOption())
    .action((text: string, { project }: InProject, command: Command) =>
      runner.run(command, async (workbench) => {
        const tried = await tryRedaction(workbench, await findProject(workbench, project), { text });
        return { document: tried, text: tried.text };
      }),
    );
  redaction
    .command('apply')
    .description('apply the rules to what is stored: observations and traces are rewritten, for good')
    .option('--yes', 'do it; it can not be undone')
    .addOption(projectOption())
    .addOption(byOption())
    .action(({ project, by, yes }: ApplyOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const author = await approver(runner, workbench, by);
        if (yes === undefined) {
          throw invalid(
            'not_confirmed',
            'What is stored of production calls would be rewritten by the rules, and can not be brought back. Say so with --yes.',
          );
        }
        return applied(workbench, await findProject(workbench, project), author);
      }),
    );
}

async function approver(runner: CommandRunner, workbench: Workbench, typed: string): Promise<string> {
  const actor = await runner.actor(workbench);
  requireRole(actor, 'approver');
  return actingName(actor, typed);
}

async function shown(workbench: Workbench, project: Project): Promise<CommandResult> {
  const { number, rules, suggested, counts } = await redactionView(workbench, project);
  if (suggested.length > 0) note(`Note: the scope gives reason to look for these as well: ${suggested.join(', ')}.`);
  return { document: { version: number, rules, suggested, counts }, text: redactionYaml(rules).trimEnd() };
}

async function applied({ storedRedactions }: Workbench, project: Project, author: string): Promise<CommandResult> {
  storedRedactions.start(project, author);
  await storedRedactions.settled();
  const state = storedRedactions.state(project);
  if (state.state !== 'done') {
    const reason = state.state === 'failed' ? state.reason : 'It was stopped; what was rewritten stays so.';
    return { document: state, text: reason, exitCode: exitCodes.wrong };
  }
  const { changed, records, matchingCases, cases, copies } = state;
  const named = cases.slice(0, mostNamed).map(({ set, key }) => `${set}/${key}`);
  const matching = `${named.join(', ')}${matchingCases > mostNamed ? ', …' : ''}`;
  const left = [
    ...(matchingCases === 0
      ? []
      : [`Cases that were made before match and stay (${formatCount(matchingCases)}): ${matching}`]),
    ...(copies.length === 0 ? [] : [`Copies of the database hold what they held: ${copies.join(', ')}`]),
  ];
  return {
    document: state,
    text: [`${formatCount(changed)} of ${formatCount(records)} records were rewritten.`, ...left].join('\n'),
  };
}
