import type { Command } from 'commander';
import type { Project } from '../../domain/project.ts';
import { changedFields } from '../../domain/scope.ts';
import { unifiedDiff } from '../../formats/line-diff.ts';
import { readScopeFile, scopeYaml } from '../../formats/scope-file.ts';
import { actingName, requireRole } from '../../services/people/identify.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { saveScope } from '../../services/scope/save-scope.ts';
import { type ScopeVersionView, scopeHistory, scopeNumbered } from '../../services/scope/scope-versions.ts';
import type { Workbench } from '../../services/workbench.ts';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatInstant } from '../format.ts';
import { baseOption, byOption, projectOption } from '../options.ts';
import { type CommandResult, note } from '../output.ts';
import { readTextFile } from '../read-text-file.ts';
import { formatTable } from '../table.ts';

type InProject = { project: string };
type SetOptions = InProject & { by: string; base?: number };

const versionNumber = integerWithin(1, Number.MAX_SAFE_INTEGER);

/** `whetstone scope show|set|versions|diff` */
export function addScopeCommand(program: Command, runner: CommandRunner): void {
  const scope = program.command('scope').description('what a project should do, for whom, and what counts as success');
  scope
    .command('show')
    .description('print the scope as YAML that "scope set" reads; an empty one to fill in where none was written')
    .argument('[version]', 'number of an earlier version (default: the newest)', versionNumber)
    .addOption(projectOption())
    .action((number: number | undefined, { project }: InProject, command: Command) =>
      runner.run(command, async (workbench) => shown(workbench, await findProject(workbench, project), number)),
    );
  scope
    .command('set')
    .description('save a YAML or JSON file as the next version of the scope; one that says the same makes none')
    .argument('<file>', 'file with the fields that "scope show" prints')
    .addOption(projectOption())
    .addOption(baseOption())
    .addOption(byOption())
    .action((file: string, options: SetOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const read = readScopeFile(file, await readTextFile(file));
        const actor = await runner.actor(workbench);
        requireRole(actor, 'editor');
        const author = actingName(actor, options.by);
        return saved(workbench, await findProject(workbench, options.project), { ...options, scope: read, author });
      }),
    );
  scope
    .command('versions')
    .description('list the versions of the scope, what changed in each, and the requests made under it')
    .addOption(projectOption())
    .action(({ project }: InProject, command: Command) =>
      runner.run(command, async (workbench) => {
        const { versions } = await scopeHistory(workbench, await findProject(workbench, project));
        return { document: { versions: versions.map(versionDocument) }, text: versionTable(versions) };
      }),
    );
  scope
    .command('diff')
    .description('show what differs between two versions of the scope')
    .argument('<from>', 'number of a version', versionNumber)
    .argument('<to>', 'number of the other one', versionNumber)
    .addOption(projectOption())
    .action((from: number, to: number, { project }: InProject, command: Command) =>
      runner.run(command, async (workbench) => diffed(workbench, await findProject(workbench, project), from, to)),
    );
}

async function shown(workbench: Workbench, project: Project, asked: number | undefined): Promise<CommandResult> {
  const found =
    asked === undefined
      ? (await workbench.stores.projects.scopeVersions(project.id, 1))[0]
      : await scopeNumbered(workbench, project, asked);
  if (found === undefined) {
    note(`${project.name} has no scope yet: fill this in, and save it by "whetstone scope set FILE".`);
    return { document: { version: 0, scope: null }, text: scopeYaml().trimEnd() };
  }
  const { number, scope, author, createdAt } = found;
  return { document: { version: number, author, createdAt, scope }, text: scopeYaml(scope).trimEnd() };
}

type Saving = Parameters<typeof saveScope>[2];

async function saved(workbench: Workbench, project: Project, { scope, author, base }: Saving): Promise<CommandResult> {
  const { versions, openRequests } = await scopeHistory(workbench, project);
  const { version, created } = await saveScope(workbench, project, { scope, author, base });
  const changed = created ? changedFields(versions[0]?.scope ?? null, scope) : [];
  const fallen = created ? openRequests.map(({ id }) => id) : [];
  if (fallen.length > 0) {
    note(`Note: open requests for a release can now only be withdrawn or sent back: ${fallen.join(', ')}.`);
  }
  return {
    document: { version: version.number, created, changed, fallenRequests: fallen },
    text: created
      ? `Saved version ${version.number} of the scope of ${project.name}: ${changed.join(', ') || 'nothing is said yet'}.`
      : `Version ${version.number} says this very scope; no new version was made.`,
  };
}

/** Everywhere on the command line `version` is the number of a version. */
const versionDocument = ({ id: _id, number, ...version }: ScopeVersionView) => ({ version: number, ...version });

function versionTable(versions: readonly ScopeVersionView[]): string {
  if (versions.length === 0) return 'No scope was saved yet. "whetstone scope show" prints one to fill in.';
  return formatTable(
    [
      { title: 'version', align: 'right' },
      { title: 'saved' },
      { title: 'by' },
      { title: 'changed' },
      { title: 'requests made under it' },
    ],
    versions.map(({ number, createdAt, author, changed, requests }) => [
      String(number),
      formatInstant(createdAt),
      author,
      changed.join(', '),
      requests.map(({ id, state }) => `${id} (${state.replaceAll('_', ' ')})`).join(', '),
    ]),
  );
}

async function diffed(workbench: Workbench, project: Project, from: number, to: number): Promise<CommandResult> {
  const [before, after] = [await scopeNumbered(workbench, project, from), await scopeNumbered(workbench, project, to)];
  const side = ({ number, scope }: typeof before) => ({ name: `scope version ${number}`, text: scopeYaml(scope) });
  const diff = unifiedDiff(side(before), side(after));
  const changed = changedFields(before.scope, after.scope);
  return {
    document: { from, to, changed, diff },
    text: diff === '' ? 'The two versions say the same.' : diff.trimEnd(),
  };
}
