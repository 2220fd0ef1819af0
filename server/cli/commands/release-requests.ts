import type { Command } from 'commander';
import type { ReleaseRequestId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/person.ts';
import type { Project } from '../../domain/project.ts';
import type { ReleaseRequest } from '../../domain/release-request.ts';
import { listRequests, type ReleaseRequestView, requestView } from '../../services/deploy/list-requests.ts';
import {
  commentRequest,
  requestIn,
  requestRelease,
  type Said,
  sendBack,
  withdrawRequest,
} from '../../services/deploy/request-release.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatInstant } from '../format.ts';
import { byOption, projectOption } from '../options.ts';
import { formatFields, formatTable } from '../table.ts';
import { type CandidateOptions, candidateOf, candidateOptions, evidenceFields } from './release-evidence.ts';

type Place = { project: string; by: string };
type Decide = (
  workbench: Workbench,
  project: Project,
  actor: Actor,
  id: ReleaseRequestId,
  said: Said,
) => Promise<ReleaseRequest>;

/** `whetstone release request|requests|show|comment|send-back|withdraw` */
export function addReleaseRequests(release: Command, runner: CommandRunner): void {
  candidateOptions(
    release.command('request').description('ask for the release of a version, with the evidence frozen as it is now'),
  )
    .requiredOption('--note <text>', 'why it should be released')
    .action((options: CandidateOptions & { note: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const { note: text, by } = options;
        const asked = { ...candidateOf(options), text, by };
        return requestResult(workbench, await requestRelease(workbench, project, await runner.actor(workbench), asked));
      }),
    );
  release
    .command('requests')
    .description('list requests for a release, newest first')
    .addOption(projectOption())
    .action(({ project }: Place, command: Command) =>
      runner.run(command, async (workbench) => {
        const requests = await listRequests(workbench, await findProject(workbench, project));
        return { document: { requests }, text: requestTable(requests) };
      }),
    );
  release
    .command('show <request>')
    .description('show a request with its evidence and what was said to it')
    .addOption(projectOption())
    .action((id: string, { project: name }: Place, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, name);
        return requestResult(workbench, await requestIn(workbench, project, idOf(id)));
      }),
    );
  addDecision(release, runner, 'comment', 'say something to a request', commentRequest);
  addDecision(release, runner, 'send-back', 'give a request back with what is missing', sendBack);
  addDecision(release, runner, 'withdraw', 'take a request back', withdrawRequest);
}

function addDecision(release: Command, runner: CommandRunner, name: string, about: string, decide: Decide): void {
  release
    .command(`${name} <request>`)
    .description(about)
    .addOption(projectOption())
    .requiredOption('--text <text>', 'what is said')
    .addOption(byOption())
    .action((id: string, { project: named, by, text }: Place & { text: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, named);
        const actor = await runner.actor(workbench);
        return requestResult(workbench, await decide(workbench, project, actor, idOf(id), { text, by }));
      }),
    );
}

const readId = integerWithin(1, Number.MAX_SAFE_INTEGER);
const idOf = (text: string) => readId(text) as ReleaseRequestId;

async function requestResult(workbench: Workbench, request: ReleaseRequest) {
  const view = await requestView(workbench, request);
  return { document: view, text: requestText(view) };
}

function requestText({
  id,
  prompt,
  version,
  model,
  state,
  requestedBy,
  note,
  evidence,
  evidenceDigest,
  events,
}: ReleaseRequestView) {
  const said = events.map(({ kind, author, text }): [string, string] => [
    `${kind.replaceAll('_', ' ')} by`,
    `${author || 'nobody named'}: ${text}`,
  ]);
  const head: [string, string][] = [
    ['note', note],
    ['evidence', evidenceDigest],
  ];
  const title = `Request ${id}: ${prompt}@${version} with ${model}, ${state.replaceAll('_', ' ')}${requestedBy === '' ? '' : `, by ${requestedBy}`}.`;
  return `${title}\n\n${formatFields([...head, ...evidenceFields(evidence), ...said])}`;
}

function requestTable(requests: readonly ReleaseRequestView[]): string {
  if (requests.length === 0)
    return 'There are no requests yet. "whetstone release request --help" shows how one is made.';
  return formatTable(
    [
      { title: 'id', align: 'right' },
      { title: 'prompt' },
      { title: 'model' },
      { title: 'state' },
      { title: 'by' },
      { title: 'created' },
      { title: 'note' },
    ],
    requests.map(({ id, prompt, version, model, state, requestedBy, createdAt, note }) => [
      String(id),
      `${prompt}@${version}`,
      model,
      state.replaceAll('_', ' '),
      requestedBy,
      formatInstant(createdAt),
      note,
    ]),
  );
}
