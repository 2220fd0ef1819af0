import { type Command, Option } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { Criterion } from '../../domain/release.ts';
import { approveRelease } from '../../services/deploy/approve-release.ts';
import { labelMoveView, listReleases, type ReleaseView, releaseView } from '../../services/deploy/list-releases.ts';
import { moveLabel, rollBack } from '../../services/deploy/move-label.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { type PromptReference, parseLabel, parsePromptReference } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatInstant, formatInterval, formatPercent } from '../format.ts';
import { projectOption } from '../options.ts';
import { formatFields, formatTable } from '../table.ts';

type ApproveOptions = {
  project: string;
  prompt: PromptReference;
  model: string;
  note: string;
  by: string;
  acceptUnmet: boolean;
  label?: string;
};
type RollBackOptions = { project: string; prompt: string; label: string; reason: string; by: string };

/** `whetstone release approve|list|rollback` */
export function addReleaseCommand(program: Command, runner: CommandRunner): void {
  const release = program.command('release').description('approved prompt versions and the labels that point to them');
  addApprove(release, runner);
  release
    .command('list')
    .description('list releases, newest first, and the moves of the labels')
    .addOption(projectOption())
    .action((options: { project: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const { releases, moves } = await listReleases(workbench, await findProject(workbench, options.project));
        return { document: { releases, moves }, text: releaseTable(releases) };
      }),
    );
  release
    .command('rollback')
    .description('point a label to the release that it pointed to before')
    .addOption(projectOption())
    .requiredOption('--prompt <name>', 'prompt')
    .requiredOption('--label <label>', 'label, such as production', parseLabel)
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who does it', '')
    .action((options: RollBackOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const { reason, by } = options;
        const move = await labelMoveView(
          workbench,
          await rollBack(workbench, project, options, { reason, author: by }),
        );
        return {
          document: move,
          text: `"${move.label}" points to ${move.prompt}@${move.version} again (release ${move.release}).`,
        };
      }),
    );
}

function addApprove(release: Command, runner: CommandRunner): void {
  release
    .command('approve')
    .description('release a prompt version with a model, on the evidence of its completed runs')
    .addOption(projectOption())
    .addOption(
      new Option('--prompt <name@version>', 'prompt version').argParser(parsePromptReference).makeOptionMandatory(),
    )
    .requiredOption('--model <connection/model>', 'model that will answer')
    .requiredOption('--note <text>', 'why it is approved')
    .requiredOption('--by <name>', 'who approves it')
    .option('--accept-unmet', 'approve although the scope asks for more; the release keeps what was not met', false)
    .option('--label <label>', 'point this label to the release, such as production', parseLabel)
    .action((options: ApproveOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const { model, note, by, acceptUnmet, label } = options;
        const candidate = { prompt: options.prompt.name, version: requireVersion(options.prompt), model };
        const approved = await approveRelease(workbench, project, { ...candidate, note, approvedBy: by, acceptUnmet });
        if (label !== undefined) {
          const reference = { prompt: candidate.prompt, label };
          await moveLabel(workbench, project, reference, { release: approved.id, reason: note, author: by });
        }
        const view = await releaseView(workbench, approved);
        return { document: view, text: releaseText(view) };
      }),
    );
}

/** Who approves says which version: a label may move, and a newer one may be saved meanwhile. */
function requireVersion(reference: PromptReference): number {
  if (reference.type === 'version') return reference.number;
  throw invalid(
    'version_required',
    `Say which version is approved: --prompt ${reference.name}@VERSION. "whetstone prompts list" shows the newest.`,
  );
}

function releaseText({ id, number, prompt, version, model, labels, evidence }: ReleaseView): string {
  const runs = evidence.runs.map(({ runId, evalSet, split, rates }): [string, string] => [
    `run ${runId}`,
    `${formatPercent(rates.passRate)}  (n = ${rates.n}, 95 % interval ${formatInterval(rates.interval)}) on ${evalSet}, ${split}`,
  ]);
  const criteria = evidence.criteria.map(({ name, state }): [string, string] => [
    criterionNames[name],
    state.replaceAll('_', ' '),
  ]);
  const pointing = labels.length === 0 ? '' : ` "${labels.join('", "')}" points to it.`;
  return `Released ${prompt}@${version} with ${model}: release ${number} (id ${id}).${pointing}\n\n${formatFields([...runs, ...criteria])}`;
}

const criterionNames: Readonly<Record<Criterion['name'], string>> = {
  pass_rate: 'pass rate on holdout',
  cost: 'cost per 1,000 calls',
  latency: 'p95 latency',
};

function releaseTable(releases: readonly ReleaseView[]): string {
  if (releases.length === 0)
    return 'There are no releases yet. "whetstone release approve --help" shows how one is made.';
  return formatTable(
    [
      { title: 'id', align: 'right' },
      { title: 'prompt' },
      { title: 'model' },
      { title: 'labels' },
      { title: 'approved by' },
      { title: 'created' },
      { title: 'note' },
    ],
    releases.map((item) => [
      String(item.id),
      `${item.prompt}@${item.version}`,
      item.model,
      item.labels.join(', '),
      item.approvedBy,
      formatInstant(item.createdAt),
      item.note,
    ]),
  );
}
