import type { ProjectId } from '../../domain/ids.ts';
import { calibrationOf, type JudgeCount, type JudgeStanding, standingOf } from '../../domain/judge-calibration.ts';
import type { Workbench } from '../workbench.ts';

/** What may be said of the judges of some runs of a project, run by run: the labels of all are read at once. */
export async function judgeStandings(
  { stores }: Pick<Workbench, 'stores'>,
  project: ProjectId,
  runs: readonly (readonly JudgeCount[])[],
): Promise<JudgeStanding[][]> {
  const judges = [...new Set(runs.flat().map(({ judge }) => judge))];
  const byJudge = Map.groupBy(await stores.judgeLabels.labelled(project, judges), ({ judge }) => judge);
  const calibrations = new Map(judges.map((judge) => [judge, calibrationOf(byJudge.get(judge) ?? [])]));
  return runs.map((counts) =>
    counts.map((count) => standingOf(count, calibrations.get(count.judge) ?? calibrationOf([]))),
  );
}
