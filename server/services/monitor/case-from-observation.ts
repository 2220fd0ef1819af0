import type { EvalCase } from '../../domain/evaluation-set.ts';
import type { ObservationId } from '../../domain/ids.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { changeSet } from '../evaluate/change-set.ts';
import { findSet } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';
import { redactedCase } from './redaction.ts';

type Stores = Pick<Workbench, 'stores'>;
/** Where the case of an observation is: the set, and its newest version. */
export type ObservedCase = { caseKey: string; set: string; setVersion: number };

/** Tag of every case that was made of an observation. */
export const fromProduction = 'from-production';

/**
 * Makes an evaluation case of an observation, with what it should have been answered: the set gets a next version, and nothing that redaction rules cover. An observation makes one case;
 * asked again, that one is given. Throws `observation_missing`, `eval_set_missing`, `set_changed_meanwhile`.
 */
export async function caseFromObservation(
  workbench: Stores,
  id: number,
  {
    set: setName,
    expected,
    tags,
    author,
  }: { set: string; expected: JsonValue; tags: readonly string[]; author: string },
): Promise<ObservedCase> {
  const { stores } = workbench;
  const observation = await stores.observations.get(id as ObservationId);
  const project = await stores.projects.get(observation.projectId);
  const set = await findSet(workbench, project, setName);
  const key = `observation-${observation.id}`;
  // The key says which observation it was, so that the case is found even where the process ended before the observation remembered it.
  if ((await findObserved(workbench, project, key)) === null) {
    const content = await productionCase(workbench, project, { variables: observation.input, expected, tags });
    await changeSet(workbench, project, set.slug, {
      base: (await stores.evalSets.version(set.id, null))?.number ?? 0,
      changes: [{ type: 'add', key, case: content, source: 'observation' }],
      note: `From observation ${observation.id}`,
      author,
    });
  }
  const observed = await findObserved(workbench, project, key);
  if (observed === null) throw new Error(`the case ${key} was stored and is not there`);
  await stores.observations.setCase(observation.id, observed.case.id);
  return { caseKey: key, set: observed.set, setVersion: observed.setVersion };
}

/** Without what redaction rules cover, and with the tag by which it is found again, whatever they cover. */
export async function productionCase(
  workbench: Stores,
  project: Pick<Project, 'id'>,
  texts: Parameters<typeof redactedCase>[2],
): ReturnType<typeof redactedCase> {
  const { tags, ...content } = await redactedCase(workbench, project, texts);
  return { ...content, tags: [...new Set([...tags, fromProduction])] };
}

/** The case of an observation in the newest version of whichever set has it. */
async function findObserved(
  { stores: { evalSets } }: Stores,
  project: Project,
  key: string,
): Promise<{ case: EvalCase; set: string; setVersion: number } | null> {
  for (const set of await evalSets.list(project.id)) {
    const version = await evalSets.version(set.id, null);
    if (version === null) continue;
    const found = (await evalSets.cases(version, { search: key })).find((item) => item.key === key);
    if (found !== undefined) return { case: found, set: set.slug, setVersion: version.number };
  }
  return null;
}
