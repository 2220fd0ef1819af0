import { defaultScorers } from '../../domain/default-scorers.ts';
import { invalid, missing } from '../../domain/errors.ts';
import type { ExportFormat } from '../../domain/export-format.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { Release } from '../../domain/release.ts';
import type { SplitChoice } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { compilePrompt } from '../../domain/template.ts';
import { type ExportedFile, exportPrompt } from '../../formats/export-prompt.ts';
import type { ExportedPrompt, ExportedTests } from '../../formats/exported-prompt.ts';
import { unifiedDiff } from '../../formats/line-diff.ts';
import { writePromptYml } from '../../formats/prompt-yml.ts';
import { findPrompt, findVersion } from '../deploy/find-version.ts';
import { labelMissing } from '../deploy/move-label.ts';
import { answerOf, inWorker, type Worked } from '../evaluate/in-worker.ts';
import { expectedLabels } from '../evaluate/run-request.ts';
import type { Workbench } from '../workbench.ts';
import type { ExportTask } from './export-worker.ts';

type Stores = Pick<Workbench, 'stores'>;
/** Which version: the one that a label points to, else the one of that number, else the newest. */
export type VersionChoice = { prompt: string; version?: number; label?: string };
/** Which cases become tests, and what judges them: of the set that is named, else of the one that the release was approved on, else of the only one. */
export type TestChoice = { set?: string; split?: SplitChoice; scorers?: readonly ScorerSpec[] };

/** Cases that become tests without a thread of their own. */
const MOST_WRITTEN_HERE = 200;

/**
 * A version as a file of another format, with the model, parameters and evidence of its newest release where it has one.
 * Throws `prompt_missing`, `prompt_version_missing`, `label_missing`, `eval_set_missing`, `export_without_tests`, `prompty_not_possible`,
 * `promptfoo_not_possible`, `typescript_not_possible`.
 */
export async function exportVersion(
  workbench: Stores,
  project: Project,
  choice: VersionChoice,
  format: ExportFormat,
  tests: TestChoice = {},
): Promise<ExportedFile> {
  if (format !== 'promptfoo' && Object.values(tests).some((given) => given !== undefined)) {
    throw invalid(
      'export_without_tests',
      `A set, a split and scorers become tests, which ${format} does not have. Leave them out, or export as promptfoo.`,
    );
  }
  const prompt = await findPrompt(workbench, project, choice.prompt);
  const { version, release } = await chooseVersion(workbench, project, prompt, choice);
  const labels = await workbench.stores.releases.presentLabels(prompt.id);
  const about: ExportedPrompt = {
    ...exportedVersion(project, prompt, version),
    release,
    labels: labels.filter((present) => present.release.id === release?.id).map(({ label }) => label),
    ...(format === 'promptfoo' && { tests: await exportedTests(workbench, project, { version, release }, tests) }),
  };
  // Many cases take seconds, in which nobody else would be answered.
  if ((about.tests?.cases.length ?? 0) <= MOST_WRITTEN_HERE) return exportPrompt(format, about);
  return answerOf(
    await inWorker<Worked<ExportedFile>>('../prototype/export-worker', { format, about } satisfies ExportTask),
  );
}

async function exportedTests(
  workbench: Stores,
  project: Project,
  { version, release }: { version: PromptVersion; release: Release | null },
  { set: named, split = 'dev', scorers }: TestChoice,
): Promise<ExportedTests | undefined> {
  const { evalSets } = workbench.stores;
  const sets = await evalSets.list(project.id);
  const name = named ?? release?.evidence.runs[0]?.evalSet ?? (sets.length === 1 ? sets[0]?.slug : undefined);
  if (name === undefined) return undefined;
  const set = await evalSets.find(project.id, name);
  const setVersion = set && (await evalSets.version(set.id, null));
  if (set === null || setVersion === null) {
    throw missing(
      'eval_set_missing',
      `${project.name} has no evaluation set "${name}" with cases. "whetstone evals list" shows those there are.`,
    );
  }
  return {
    set: set.slug,
    setVersion: setVersion.number,
    split,
    scorers: scorers ?? defaultScorers(version.content.responseFormat, await expectedLabels(workbench, setVersion)),
    cases: await evalSets.cases(setVersion, split === 'all' ? {} : { split }),
  };
}

/** What differs between two versions, as a unified diff of their `.prompt.yml` files. Throws `prompt_missing`, `prompt_version_missing`. */
export async function diffVersions(
  workbench: Stores,
  project: Project,
  name: string,
  numbers: { before: number; after: number },
): Promise<string> {
  const file = async (number: number) => {
    const { prompt, version } = await findVersion(workbench, project, { prompt: name, version: number });
    return { name: `${prompt.slug}@${number}`, text: writePromptYml(exportedVersion(project, prompt, version)) };
  };
  return unifiedDiff(await file(numbers.before), await file(numbers.after));
}

async function chooseVersion(
  { stores }: Stores,
  project: Project,
  prompt: Prompt,
  { label, version: number }: VersionChoice,
): Promise<{ version: PromptVersion; release: Release | null }> {
  if (label !== undefined) {
    const release = await stores.releases.labelled(prompt.id, label);
    if (release === null) throw labelMissing(prompt, label);
    return asReleased(await stores.prompts.getVersion(release.promptVersionId), release);
  }
  const version = await stores.prompts.version(prompt.id, number ?? null);
  if (version === null) {
    const which = number === undefined ? 'no version yet. Save one first' : `no version ${number}`;
    throw missing('prompt_version_missing', `The prompt "${prompt.name}" has ${which}.`);
  }
  const releases = await stores.releases.list(project.id);
  return asReleased(version, releases.find(({ promptVersionId }) => promptVersionId === version.id) ?? null);
}

/** What says that it is a release has the parameters that were approved. */
const asReleased = (version: PromptVersion, release: Release | null) =>
  release === null
    ? { version, release }
    : { version: { ...version, content: { ...version.content, parameters: release.parameters } }, release };

/** A version as it is written into a file that stands for no release. */
export const exportedVersion = (project: Project, prompt: Prompt, version: PromptVersion): ExportedPrompt => ({
  project: project.slug,
  prompt,
  version,
  variables: compilePrompt(version.content).variables,
  release: null,
  labels: [],
});
