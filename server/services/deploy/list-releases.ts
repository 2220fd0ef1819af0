import { labelHistory } from '../../domain/label-history.ts';
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

/** Where a label points now: its newest move, and what a roll-back would point it to. */
export type LabelStateView = Omit<LabelMoveView, 'id' | 'kind'> & {
  previous: { release: number; version: number } | null;
};

/** The releases of a project and every move of its labels, newest first, and where each label points now. */
export async function listReleases(
  workbench: Stores,
  project: Project,
): Promise<{ releases: ReleaseView[]; moves: LabelMoveView[]; labels: LabelStateView[] }> {
  const { stores } = workbench;
  const prompts = await stores.prompts.list(project.id);
  const byPrompt = await Promise.all(prompts.map((prompt) => stores.releases.moves(prompt.id)));
  const moves = byPrompt.flat();
  const releases = await stores.releases.list(project.id);
  return {
    labels: await Promise.all(byPrompt.flatMap((ofPrompt) => labelStates(workbench, ofPrompt))),
    releases: await Promise.all(releases.map((release) => releaseView(workbench, release))),
    moves: await Promise.all(moves.sort((a, b) => b.id - a.id).map((move) => labelMoveView(workbench, move))),
  };
}

/** The state of each label of a prompt, from its moves, newest first. */
function labelStates(workbench: Stores, moves: readonly LabelMove[]): Promise<LabelStateView>[] {
  return [...Map.groupBy(moves, ({ label }) => label).values()].flatMap((ofLabel) => {
    const [newest] = ofLabel;
    const [, before] = labelHistory(ofLabel.toReversed());
    return newest === undefined ? [] : [labelStateView(workbench, newest, before)];
  });
}

async function labelStateView(
  workbench: Stores,
  newest: LabelMove,
  before: Release['id'] | undefined,
): Promise<LabelStateView> {
  const { id: _id, kind: _kind, ...state } = await labelMoveView(workbench, newest);
  const previous =
    before === undefined ? null : { release: before, version: await releasedVersionNumber(workbench, before) };
  return { ...state, previous };
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
  const version = await releasedVersionNumber({ stores }, releaseId);
  return { ...about, prompt: prompt.slug, release: releaseId, version };
}

async function releasedVersionNumber({ stores }: Stores, id: Release['id']): Promise<number> {
  const release = await stores.releases.get(id);
  return (await stores.prompts.getVersion(release.promptVersionId)).number;
}

/** Where each label points now, from the moves of a prompt, newest first. */
function presentLabels(moves: readonly LabelMove[]): Map<string, Release['id']> {
  const present = new Map<string, Release['id']>();
  for (const { label, releaseId } of moves) if (!present.has(label)) present.set(label, releaseId);
  return present;
}
