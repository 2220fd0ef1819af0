import type { Project } from '../../domain/project.ts';
import type { RunEvidence, UnseenHoldout } from '../../domain/release.ts';
import type { Workbench } from '../workbench.ts';

/** Newest versions of the project's sets whose holdout cases none of these runs is of: a version that only easy cases were shown must not look good. */
export async function unseenHoldout(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
  runs: readonly RunEvidence[],
): Promise<UnseenHoldout[]> {
  const unseen: UnseenHoldout[] = [];
  for (const { id, slug } of await stores.evalSets.list(project.id)) {
    const version = await stores.evalSets.version(id, null);
    if (version === null) continue;
    const seen = runs.some(
      (run) => run.split === 'holdout' && run.evalSet === slug && run.evalSetVersion === version.number,
    );
    const cases = seen ? 0 : await stores.evalSets.countCases(version, { split: 'holdout' });
    if (cases > 0) unseen.push({ evalSet: slug, evalSetVersion: version.number, cases });
  }
  return unseen;
}
