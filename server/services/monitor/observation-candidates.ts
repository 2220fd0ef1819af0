import { caseText } from '../../domain/evaluation-set.ts';
import type { ObservationId } from '../../domain/ids.ts';
import type { JsonValue } from '../../domain/json.ts';
import { nearDuplicateGroups } from '../../domain/near-duplicates.ts';
import type { Observation } from '../../domain/observation.ts';
import type { Project } from '../../domain/project.ts';
import type { Split } from '../../domain/split.ts';
import { inWorker } from '../evaluate/in-worker.ts';
import { findSet, showSet } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';
import { type ObservationQuery, observationFilter } from './list-observations.ts';

type Stores = Pick<Workbench, 'stores'>;
/** As many production calls as are added to a set at once: more can't be looked at. */
export const mostCandidates = 500;
const comparedHere = 2000;
/** Characters of a text that are shown. */
const shownCharacters = 600;

/** Which calls: those named, else all that match. */
type Chosen = { ids?: readonly number[]; matching?: Omit<ObservationQuery, 'before' | 'limit'> };
/** What a call resembles: a case of the set, or a newer one of those chosen. */
export type Resembles =
  | { type: 'case'; key: string; split: Split; expected: JsonValue }
  | { type: 'observation'; id: number };
export type Candidate = Pick<Observation, 'id' | 'feedback' | 'feedbackNote'> & {
  text: string;
  output: string;
  /** Null for the one of several alike that stands for them, and for one that resembles nothing. */
  resembles: Resembles | null;
};
export type Candidates = {
  set: string;
  /** Version of the set that they were held against. */
  base: number;
  labels: string[];
  /** Variables of the set's cases that some of the calls did not report. */
  missing: string[];
  candidates: Candidate[];
  /** Of those chosen, the ones that are a case already; they are no candidates. */
  already: number;
  /** Whether more match than are taken at once. */
  more: boolean;
};

/** What could be added to a set, newest first, each with what it resembles there and among the others. Throws `eval_set_missing`. */
export async function observationCandidates(
  workbench: Stores,
  project: Project,
  setName: string,
  chosen: Chosen,
  limit: number = mostCandidates,
): Promise<Candidates> {
  const { stores } = workbench;
  const set = await findSet(workbench, project, setName);
  const version = await stores.evalSets.version(set.id, null);
  const present = version === null ? [] : await stores.evalSets.cases(version);
  const { variables, labels } = await showSet(workbench, project, setName);
  const { found, more } = await chosenObservations(workbench, project, chosen, limit);
  const keys = new Set(present.map(({ key }) => key));
  const open = found.filter(({ id, caseId }) => caseId === null && !keys.has(observationKey(id)));
  const firsts = await nearGroups(
    [...present, ...open.map(({ input }) => ({ variables: input }))].map((item) => caseText(item.variables)),
  );
  const candidates = open.map((observation, index) => {
    const first = firsts[present.length + index] ?? present.length + index;
    const like = present[first];
    const other = open[first - present.length];
    const resembles: Resembles | null =
      like !== undefined
        ? { type: 'case', key: like.key, split: like.split, expected: like.expected }
        : other === undefined || other.id === observation.id
          ? null
          : { type: 'observation', id: other.id };
    return { ...shown(observation), resembles };
  });
  return {
    set: set.slug,
    base: version?.number ?? 0,
    candidates,
    more,
    labels: [...new Set(labels.flatMap(({ label }) => label ?? []))],
    missing: variables.filter((name) => open.some(({ input }) => !Object.hasOwn(input, name))),
    already: found.length - open.length,
  };
}

/** Many are compared on a thread of their own: fewer take less time than starting one. */
const nearGroups = async (texts: readonly string[]): Promise<number[]> =>
  texts.length <= comparedHere ? nearDuplicateGroups(texts) : inWorker<number[]>('../monitor/alike-worker', texts);

/** The id of the case that an observation becomes: it says which one it was. */
export const observationKey = (id: number): string => `observation-${id}`;

async function chosenObservations(
  { stores }: Stores,
  project: Project,
  { ids, matching = {} }: Chosen,
  limit: number,
): Promise<{ found: Observation[]; more: boolean }> {
  const filter = ids === undefined ? observationFilter(matching) : { ids: ids.map((id) => id as ObservationId) };
  const found = await stores.observations.list(project.id, { ...filter, limit: limit + 1 });
  return { found: found.slice(0, limit), more: found.length > limit };
}

const shown = ({ id, feedback, feedbackNote, input, output }: Observation) => ({
  id,
  feedback,
  feedbackNote,
  text: caseText(input).slice(0, shownCharacters),
  output: output.slice(0, shownCharacters),
});
