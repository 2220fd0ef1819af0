import { type Command, Option } from 'commander';
import { feedbackValues } from '../../domain/observation.ts';
import { casesFromObservations } from '../../services/monitor/cases-from-observations.ts';
import type { ObservationQuery } from '../../services/monitor/list-observations.ts';
import { mostCandidates, observationCandidates } from '../../services/monitor/observation-candidates.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { byOption, projectOption } from '../options.ts';

type Options = Pick<ObservationQuery, 'feedback' | 'release' | 'scored' | 'scorer' | 'search'> & {
  project: string;
  set: string;
  limit: number;
  tag: string[];
  note: string;
  by: string;
  dryRun: boolean;
};

/** `whetstone monitor to-set` */
export function addMonitorToSet(monitor: Command, runner: CommandRunner): void {
  monitor
    .command('to-set')
    .description(
      'add the newest production calls that match to an evaluation set, one of each near-duplicate, to be labelled',
    )
    .addOption(projectOption())
    .requiredOption('--set <name>', 'evaluation set')
    .addOption(new Option('--feedback <thumb>', 'only calls with this feedback').choices([...feedbackValues]))
    .addOption(
      new Option('--scored <outcome>', 'only calls that the online scorers found so').choices([
        'passed',
        'failed',
        'error',
      ]),
    )
    .option('--scorer <name[:args]>', 'with --scored: by this scorer alone')
    .option('--release <id>', 'only calls of this release', integerWithin(1, Number.MAX_SAFE_INTEGER))
    .option('--search <text>', 'only calls that contain this text')
    .option('--limit <n>', 'most calls to look at', integerWithin(1, mostCandidates), 100)
    .option('--tag <tag>', 'tag of the cases; may be repeated', (tag, before: string[]) => [...before, tag], [])
    .option('--note <text>', 'note of the set version', 'From production')
    .addOption(byOption())
    .option('--dry-run', 'only say what would be added', false)
    .action((options: Options, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const { feedback, release, scored, scorer, search, limit, tag: tags, note, by: author } = options;
        const chosen = { matching: { feedback, release, scored, scorer, search } };
        const { set, base, candidates, already, more } = await observationCandidates(
          workbench,
          project,
          options.set,
          chosen,
          limit,
        );
        const cases = candidates
          .filter(({ resembles }) => resembles === null)
          .map(({ id }) => ({ id, expected: null }));
        const found = { set, already, nearDuplicates: candidates.length - cases.length, more };
        if (options.dryRun || cases.length === 0) {
          return {
            document: { ...found, setVersion: base, added: 0, candidates: cases.map(({ id }) => id) },
            text: `${cases.length} calls would be added to ${set}; ${foundText(found)}`,
          };
        }
        const added = await casesFromObservations(workbench, project, set, { base, cases, tags, note, author });
        return {
          document: { ...found, ...added },
          text: `Added ${added.added} calls to ${set}, now at version ${added.setVersion}, on dev and without an expected answer: label them on the set's page before scorers that need one judge them; ${foundText(found)}`,
        };
      }),
    );
}

const foundText = ({ already, nearDuplicates, more }: { already: number; nearDuplicates: number; more: boolean }) =>
  `${nearDuplicates} resemble a case or another call, ${already} are cases already${more ? ', and more match than --limit' : ''}.`;
