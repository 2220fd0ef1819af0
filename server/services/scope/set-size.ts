import type { Project } from '../../domain/project.ts';
import { assumedRate } from '../../domain/set-size.ts';
import { inWorker } from '../evaluate/in-worker.ts';
import type { Workbench } from '../workbench.ts';
import { firstBasis } from './first-basis.ts';
import type { SizeAnswer, SizeQuestion } from './set-size-worker.ts';

export type SetSizes = {
  set: string | null;
  /** For the target and each minimum by tag that the scope names; `present` is null where there is no set. */
  goals: SizeAnswer[];
};

/**
 * How many holdout cases show what the scope asks for, and what those of a set can show. The minimums by tag are taken to be exceeded by as much as the
 * target. Throws `scope_not_written`, `eval_set_missing`.
 */
export async function setSizes(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { set: name, assume }: { set?: string; assume?: number },
): Promise<SetSizes> {
  const { evalSets } = workbench.stores;
  const { scope, set, version } = await firstBasis(workbench, project, { set: name });
  const margin = assume === undefined || scope.targetPassRate === null ? undefined : assume - scope.targetPassRate;
  const minimums = [
    ...(scope.targetPassRate === null ? [] : [{ tag: null, passRate: scope.targetPassRate, assumed: assume }]),
    ...scope.minimumsByTag.map(({ tag, passRate }) => ({ tag, passRate, assumed: undefined })),
  ];
  const questions = await Promise.all(
    minimums.map(async ({ tag, passRate, assumed = assumedRate(passRate, margin) }): Promise<SizeQuestion> => {
      const counted = version && (await evalSets.countCases(version, { split: 'holdout', tag: tag ?? undefined }));
      return { tag, passRate, assumed, cases: counted };
    }),
  );
  // The exact tails of a large set take most of a second.
  const goals = questions.length === 0 ? [] : await inWorker<SizeAnswer[]>('../scope/set-size-worker', questions);
  return { set: version === null ? null : (set?.slug ?? null), goals };
}
