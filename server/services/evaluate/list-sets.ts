import { missing } from '../../domain/errors.ts';
import type { EvalCase, EvalSet, EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { Split } from '../../domain/split.ts';
import type { CaseFilter } from '../../storage/eval-set-store.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type EvalSetView = Omit<EvalSet, 'id' | 'projectId'> & {
  /** Newest version; 0 where there is none yet. */
  version: number;
  caseCount: number;
};
export type EvalSetVersionView = Omit<EvalSetVersion, 'id' | 'evalSetId'>;
export type EvalSetDetails = EvalSetView & {
  /** Oldest first. */
  versions: EvalSetVersionView[];
  /** Number of the version that what follows is about. */
  shown: number;
  variables: string[];
  labels: { label: string | null; split: Split; count: number }[];
  tags: { tag: string; count: number; holdout: number }[];
  sources: { source: string; count: number }[];
};
export type CasePage = {
  cases: (EvalCase & { position: number })[];
  /** All that match, on every page. */
  count: number;
  /** What to ask the next page with; null on the last. */
  after: number | null;
};

/** The evaluation sets of a project, oldest first. */
export async function listSets(workbench: Stores, project: Project): Promise<EvalSetView[]> {
  const sets = await workbench.stores.evalSets.list(project.id);
  return Promise.all(sets.map(async (set) => evalSetView(set, await workbench.stores.evalSets.version(set.id, null))));
}

/** A set with its versions and what one of them holds: the newest unless another is asked for. Throws `eval_set_missing`, `eval_set_version_missing`. */
export async function showSet(
  workbench: Stores,
  project: Project,
  name: string,
  number: number | null = null,
): Promise<EvalSetDetails> {
  const { evalSets } = workbench.stores;
  const set = await findSet(workbench, project, name);
  const versions = await evalSets.versions(set.id);
  const version = await newestOrNumbered(workbench, set, number);
  return {
    ...evalSetView(set, versions.at(-1) ?? null),
    versions: versions.map(evalSetVersionView),
    shown: version?.number ?? 0,
    ...(version === null ? { variables: [], labels: [], tags: [], sources: [] } : await contentsOf(evalSets, version)),
  };
}

type Contents = Pick<EvalSetDetails, 'variables' | 'labels' | 'tags' | 'sources'>;
const contents = new WeakMap<Stores['stores']['evalSets'], Map<EvalSetVersion['id'], Contents>>();
const MOST_KEPT = 50;

/** What a version holds never changes, and takes a large set a moment to count: it is counted once. */
async function contentsOf(evalSets: Stores['stores']['evalSets'], version: EvalSetVersion): Promise<Contents> {
  const known = contents.get(evalSets) ?? new Map<EvalSetVersion['id'], Contents>();
  contents.set(evalSets, known);
  const counted = known.get(version.id) ?? {
    variables: await evalSets.variableNames(version),
    labels: await evalSets.labelCounts(version),
    tags: await evalSets.tagCounts(version),
    sources: await evalSets.sourceCounts(version),
  };
  known.set(version.id, counted);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
  return counted;
}

/** Cases of a version in pages, in the set's order. Throws `eval_set_missing`, `eval_set_version_missing`. */
export async function listCases(
  workbench: Stores,
  project: Project,
  name: string,
  { version: number, limit, ...filter }: CaseFilter & { version?: number; limit: number },
): Promise<CasePage> {
  const { evalSets } = workbench.stores;
  const set = await findSet(workbench, project, name);
  const version = await newestOrNumbered(workbench, set, number ?? null);
  if (version === null) return { cases: [], count: 0, after: null };
  // One more than asked for says whether there is a next page.
  const cases = await evalSets.cases(version, { ...filter, limit: filter.drawn ? limit : limit + 1 });
  const page = cases.slice(0, limit);
  return {
    cases: page,
    count: await evalSets.countCases(version, filter),
    after: cases.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}

/** By slug or by name as written. Throws `eval_set_missing`. */
export async function findSet({ stores }: Stores, project: Project, nameOrSlug: string): Promise<EvalSet> {
  const set = await stores.evalSets.find(project.id, nameOrSlug);
  if (set !== null) return set;
  throw missing(
    'eval_set_missing',
    `${project.name} has no evaluation set "${nameOrSlug}". "whetstone evals list" shows those there are.`,
  );
}

/** A version by its number, or the newest, which a set without cases lacks. */
const newestOrNumbered = (workbench: Stores, set: EvalSet, number: number | null): Promise<EvalSetVersion | null> =>
  number === null ? workbench.stores.evalSets.version(set.id, null) : numberedVersion(workbench, set, number);

/** Throws `eval_set_version_missing`. */
export async function numberedVersion({ stores }: Stores, set: EvalSet, number: number): Promise<EvalSetVersion> {
  const version = await stores.evalSets.version(set.id, number);
  if (version !== null) return version;
  throw missing(
    'eval_set_version_missing',
    `The evaluation set "${set.name}" has no version ${number}. "whetstone evals list" shows the newest.`,
  );
}

export function evalSetView({ id: _, projectId: __, ...set }: EvalSet, newest: EvalSetVersion | null): EvalSetView {
  return { ...set, version: newest?.number ?? 0, caseCount: newest?.caseCount ?? 0 };
}

export const evalSetVersionView = ({ id: _, evalSetId: __, ...version }: EvalSetVersion): EvalSetVersionView => version;
