import type { Project } from '../../domain/project.ts';
import type { LabelMove, Release } from '../../domain/release.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type ReleaseView = Omit<Release, 'projectId' | 'promptId' | 'promptVersionId'> & {
  prompt: string;
  version: number;
  /** Labels that point to it now. */
  labels: string[];
};
export type LabelMoveView = Omit<LabelMove, 'promptId' | 'releaseId'> & {
  prompt: string;
  release: number;
  version: number;
};

/** The releases of a project and every move of its labels, newest first. */
export async function listReleases(
  workbench: Stores,
  project: Project,
): Promise<{ releases: ReleaseView[]; moves: LabelMoveView[] }> {
  const { stores } = workbench;
  const prompts = await stores.prompts.list(project.id);
  const moves = (await Promise.all(prompts.map((prompt) => stores.releases.moves(prompt.id)))).flat();
  const releases = await stores.releases.list(project.id);
  return {
    releases: await Promise.all(releases.map((release) => releaseView(workbench, release))),
    moves: await Promise.all(moves.sort((a, b) => b.id - a.id).map((move) => labelMoveView(workbench, move))),
  };
}

/** A release with the names of what it released. */
export async function releaseView({ stores }: Stores, release: Release): Promise<ReleaseView> {
  const { projectId: _project, promptId, promptVersionId, ...about } = release;
  const prompt = await stores.prompts.get(promptId);
  const version = await stores.prompts.getVersion(promptVersionId);
  const present = presentLabels(await stores.releases.moves(promptId));
  const labels = [...present].flatMap(([label, id]) => (id === release.id ? [label] : []));
  return { ...about, prompt: prompt.slug, version: version.number, labels };
}

export async function labelMoveView({ stores }: Stores, move: LabelMove): Promise<LabelMoveView> {
  const { promptId, releaseId, ...about } = move;
  const prompt = await stores.prompts.get(promptId);
  const release = await stores.releases.get(releaseId);
  const version = await stores.prompts.getVersion(release.promptVersionId);
  return { ...about, prompt: prompt.slug, release: releaseId, version: version.number };
}

/** Where each label points now, from the moves of a prompt, newest first. */
function presentLabels(moves: readonly LabelMove[]): Map<string, Release['id']> {
  const present = new Map<string, Release['id']>();
  for (const { label, releaseId } of moves) if (!present.has(label)) present.set(label, releaseId);
  return present;
}
