import { invalid } from '../../domain/errors.ts';
import type { ObservationId } from '../../domain/ids.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { changeSet } from '../evaluate/change-set.ts';
import { findSet } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';
import { fromProduction, productionCase } from './case-from-observation.ts';
import { mostCandidates, observationCandidates, observationKey } from './observation-candidates.ts';

type Stores = Pick<Workbench, 'stores'>;
export type NewCases = {
  /** Version of the set that they are added to. */
  base: number;
  /** Null for what is labelled later. */
  cases: readonly { id: number; expected: JsonValue }[];
  tags: readonly string[];
  note: string;
  author: string;
};
export type AddedCases = { set: string; setVersion: number; added: number; withoutExpected: number };

/**
 * Adds production calls to a set as one next version; each remembers its case. They go to dev: they were chosen by what was answered and looked at, so
 * that as holdout they would neither be a fair sample nor unseen. Throws `observations_none`, `resembles_holdout`, `eval_set_missing`, `set_changed_meanwhile`.
 */
export async function casesFromObservations(
  workbench: Stores,
  project: Project,
  setName: string,
  { base, cases, tags, note, author }: NewCases,
): Promise<AddedCases> {
  const { evalSets, observations } = workbench.stores;
  const set = await findSet(workbench, project, setName);
  const ids = cases.map(({ id }) => id as ObservationId);
  await refuseLeaks(workbench, project, setName, ids);
  const found = await observations.list(project.id, { ids, limit: mostCandidates });
  const open = new Map(found.filter(({ caseId }) => caseId === null).map((item) => [Number(item.id), item]));
  const joining = cases.flatMap(({ id, expected }) => {
    const observation = open.get(id);
    return observation === undefined ? [] : [{ observation, expected }];
  });
  if (joining.length === 0) {
    throw invalid(
      'observations_none',
      'None of these calls can be added: each is a case already, or not of this project.',
    );
  }
  // Oldest first, as they would have been added one by one.
  const changes = joining.toReversed().map(async ({ observation, expected }) => ({
    type: 'add' as const,
    key: observationKey(observation.id),
    source: 'observation',
    case: {
      ...(await productionCase(workbench, project, { variables: observation.input, expected, tags })),
      split: 'dev' as const,
    },
  }));
  const { number } = await changeSet(workbench, project, set.slug, {
    base,
    changes: await Promise.all(changes),
    note,
    author,
  });
  const version = await evalSets.version(set.id, number);
  const made = version === null ? [] : await evalSets.cases(version, { tag: fromProduction });
  const idOf = new Map(made.map(({ key, id }) => [key, id]));
  await observations.setCases(
    joining.flatMap(({ observation }) => {
      const caseId = idOf.get(observationKey(observation.id));
      return caseId === undefined ? [] : [{ observation: observation.id, caseId }];
    }),
  );
  return {
    set: set.slug,
    setVersion: number,
    added: joining.length,
    withoutExpected: joining.filter(({ expected }) => expected === null).length,
  };
}

/** On dev they would give away what holdout asks. */
async function refuseLeaks(
  workbench: Stores,
  project: Project,
  setName: string,
  ids: readonly ObservationId[],
): Promise<void> {
  const { candidates } = await observationCandidates(workbench, project, setName, { ids });
  const leaks = candidates.flatMap(({ id, resembles }) =>
    resembles?.type === 'case' && resembles.split === 'holdout' ? [id] : [],
  );
  if (leaks.length === 0) return;
  throw invalid(
    'resembles_holdout',
    `Some of these calls resemble holdout cases (${leaks.slice(0, 5).join(', ')}): on dev they would give them away. Leave them out.`,
    { details: { observations: leaks } },
  );
}
