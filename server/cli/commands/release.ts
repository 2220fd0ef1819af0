import { type Command, Option } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { ReleaseRequestId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/person.ts';
import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import { approveRelease, approveRequest, type OverrideReason } from '../../services/deploy/approve-release.ts';
import { labelMoveView, listReleases, type ReleaseView, releaseView } from '../../services/deploy/list-releases.ts';
import { moveLabel, rollBack } from '../../services/deploy/move-label.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { integerWithin, type PromptReference, parseLabel, parsePromptReference } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatInstant } from '../format.ts';
import { byOption, projectOption } from '../options.ts';
import { formatFields, formatTable } from '../table.ts';
import { candidateOf, evidenceFields, parseOverride } from './release-evidence.ts';
import { addReleaseRequests } from './release-requests.ts';
import { addReleaseVerify } from './release-verify.ts';

type ApproveOptions = {
  project: string;
  prompt?: PromptReference;
  model?: string;
  note: string;
  by: string;
  override: readonly OverrideReason[];
  label?: string;
};
type LabelOptions = { project: string; prompt: string; label: string; reason: string; by: string };

/** `whetstone release request|requests|show|comment|send-back|withdraw|approve|verify|list|label|rollback` */
export function addReleaseCommand(program: Command, runner: CommandRunner): void {
  const release = program
    .command('release')
    .description('what is asked for and approved on which evidence, and the labels that point to it');
  addReleaseRequests(release, runner);
  addApprove(release, runner);
  addReleaseVerify(release, runner);
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
  labelOptions(release.command('label <release>').description('point a label to a release, by its id')).action(
    (id: string, options: LabelOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const to = { release: releaseIdOf(id), reason: options.reason, by: options.by };
        const move = await moveLabel(workbench, project, await runner.actor(workbench), options, to);
        const view = await labelMoveView(workbench, move);
        return {
          document: view,
          text: `"${view.label}" points to ${view.prompt}@${view.version} (release ${view.release}).`,
        };
      }),
  );
  labelOptions(
    release.command('rollback').description('point a label to the release that it pointed to before'),
  ).action((options: LabelOptions, command: Command) =>
    runner.run(command, async (workbench) => {
      const project = await findProject(workbench, options.project);
      const actor = await runner.actor(workbench);
      const move = await labelMoveView(workbench, await rollBack(workbench, project, actor, options, options));
      return {
        document: move,
        text: `"${move.label}" points to ${move.prompt}@${move.version} again (release ${move.release}).`,
      };
    }),
  );
}

const releaseIdOf = integerWithin(1, Number.MAX_SAFE_INTEGER);

const labelOptions = (command: Command): Command =>
  command
    .addOption(projectOption())
    .requiredOption('--prompt <name>', 'prompt')
    .requiredOption('--label <label>', 'label, such as production', parseLabel)
    .requiredOption('--reason <text>', 'why')
    .addOption(byOption());

function addApprove(release: Command, runner: CommandRunner): void {
  release
    .command('approve [request]')
    .description('release what a request asks for; or, for who works alone, a version with a model in one step')
    .addOption(projectOption())
    .addOption(
      new Option('--prompt <name@version>', 'prompt version, without a request').argParser(parsePromptReference),
    )
    .option('--model <connection/model>', 'model that will answer, without a request')
    .requiredOption('--note <text>', 'why it is approved')
    .addOption(byOption())
    .addOption(
      new Option(
        '--override <gate=reason>',
        'approve although this gate is not met, and why, which is kept: pass_rate, cost, latency or tag:NAME; may be repeated',
      )
        .argParser(parseOverride)
        .default([], 'none'),
    )
    .option('--label <label>', 'point this label to the release, such as production', parseLabel)
    .action((id: string | undefined, options: ApproveOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const actor = await runner.actor(workbench);
        const approved = await approve(workbench, project, actor, id, options);
        const view = await releaseView(workbench, approved);
        const { label, note: reason, by } = options;
        if (label === undefined) return { document: view, text: releaseText(view) };
        await moveLabel(workbench, project, actor, { prompt: view.prompt, label }, { release: view.id, reason, by });
        const labelled = await releaseView(workbench, approved);
        return { document: labelled, text: releaseText(labelled) };
      }),
    );
}

async function approve(
  workbench: Workbench,
  project: Project,
  actor: Actor,
  id: string | undefined,
  { prompt, model, note: text, by, override: overrides }: ApproveOptions,
): Promise<Release> {
  const approval = { text, by, overrides };
  if (id !== undefined) {
    return approveRequest(workbench, project, actor, releaseIdOf(id) as ReleaseRequestId, approval);
  }
  if (prompt === undefined || model === undefined) {
    throw invalid(
      'candidate_required',
      'Say what is approved: the number of a request ("whetstone release requests" lists them), or --prompt NAME@VERSION with --model.',
    );
  }
  return approveRelease(workbench, project, actor, { ...candidateOf({ prompt, model }), ...approval });
}

function releaseText({ id, number, prompt, version, model, labels, evidence, overrides }: ReleaseView): string {
  const pointing = labels.length === 0 ? '' : ` "${labels.join('", "')}" points to it.`;
  const overridden = overrides.map(({ name, tag, reason }): [string, string] => [
    `override of ${name}${tag === undefined ? '' : `:${tag}`}`,
    reason,
  ]);
  return `Released ${prompt}@${version} with ${model}: release ${number} (id ${id}).${pointing}\n\n${formatFields([...evidenceFields(evidence), ...overridden])}`;
}

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
