import { conflict, invalid, missing } from '../../domain/errors.ts';
import type { ReleaseId } from '../../domain/ids.ts';
import { labelHistory } from '../../domain/label-history.ts';
import type { Actor } from '../../domain/person.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { LabelMove } from '../../domain/release.ts';
import { actingName, requireRole } from '../people/identify.ts';
import type { Workbench } from '../workbench.ts';
import { findPrompt } from './find-version.ts';

type Stores = Pick<Workbench, 'stores'>;
/** A label of a prompt, such as `production`. */
export type LabelReference = { prompt: string; label: string };

const labelName = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u;

/** Points a label to a release of its prompt. It needs an approver. Throws `label_invalid`, `release_missing`, `label_unchanged`. */
export async function moveLabel(
  workbench: Stores,
  project: Project,
  actor: Actor,
  { prompt: name, label }: LabelReference,
  move: { release: number; reason: string; by: string },
): Promise<LabelMove> {
  requireRole(actor, 'approver');
  const { stores } = workbench;
  if (!labelName.test(label)) {
    throw invalid(
      'label_invalid',
      `"${label}" can't be a label. Write up to 40 letters, digits and hyphens, such as production.`,
    );
  }
  const prompt = await findPrompt(workbench, project, name);
  const release = await stores.releases.get(move.release as ReleaseId);
  if (release.promptId !== prompt.id) {
    throw missing('release_missing', `The prompt "${prompt.name}" has no release ${move.release}.`);
  }
  const present = await stores.releases.labelled(prompt.id, label);
  if (present?.id === release.id) {
    throw conflict('label_unchanged', `"${label}" points to this release already.`);
  }
  const { reason } = move;
  const author = actingName(actor, move.by);
  return stores.releases.moveLabel({ promptId: prompt.id, label, releaseId: release.id, kind: 'move', reason, author });
}

/** Points a label to the release that it pointed to before the present one. Throws `label_missing`, `label_without_history`. */
export async function rollBack(
  workbench: Stores,
  project: Project,
  actor: Actor,
  { prompt: name, label }: LabelReference,
  { reason, by }: { reason: string; by: string },
): Promise<LabelMove> {
  requireRole(actor, 'approver');
  const prompt = await findPrompt(workbench, project, name);
  const moves = await workbench.stores.releases.moves(prompt.id);
  const [present, before] = labelHistory(moves.filter((move) => move.label === label).reverse());
  if (present === undefined) throw labelMissing(prompt, label);
  if (before === undefined) {
    throw conflict(
      'label_without_history',
      `"${label}" pointed to no other release before. Approve another version and move the label to it.`,
    );
  }
  return workbench.stores.releases.moveLabel({
    promptId: prompt.id,
    label,
    releaseId: before,
    kind: 'roll_back',
    reason,
    author: actingName(actor, by),
  });
}

export const labelMissing = (prompt: Prompt, label: string) =>
  missing(
    'label_missing',
    `The label "${label}" of the prompt "${prompt.name}" points to no release yet. Approve a version and move the label to it.`,
  );
