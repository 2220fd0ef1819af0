import type { AuditCase, Word } from '../../domain/audit/audit-sources.ts';
import type { SourceReport, Suspect } from '../../domain/audit/label-audit.ts';
import { labelsFor } from '../../domain/default-scorers.ts';
import { caseLabel, caseText, type EvalCase } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';
import type { AuditData } from './audit-worker.ts';
import { auditedRuns, readVotes } from './audited-runs.ts';
import { inWorker } from './in-worker.ts';
import { findSet } from './list-sets.ts';
import type { RunOverview } from './run-overview.ts';
import { baselineOf, type Reason } from './trained-baseline.ts';

/** A case that stands for others, such as a similar one with another label. */
export type NamedCase = { key: string; label: string; text: string };
type WithCases<T> = T extends { keys: readonly string[] } ? Omit<T, 'keys'> & { cases: NamedCase[] } : T;
export type SuspectView = Omit<Suspect, 'evidence'> &
  Pick<EvalCase, 'variables' | 'tags' | 'split'> & { evidence: (WithCases<Word> & { doubt: number })[] };
export type AuditedRun = Pick<RunOverview, 'prompt' | 'version' | 'model' | 'standIn' | 'split'> & { run: number };
export type AuditReport = {
  set: string;
  setVersion: number;
  labels: readonly string[];
  /** Cases that have one of them. */
  cases: number;
  /** Why nothing can be audited. */
  reason: Reason | null;
  /** Why no classifier took part. */
  classifierReason: Reason | null;
  sources: readonly SourceReport[];
  runs: AuditedRun[];
  /** Labels that a person settled, which are not doubted again. */
  settled: number;
  /** Labels that something speaks against, those that are not listed too. */
  suspectCount: number;
  suspects: SuspectView[];
};

const LONGEST_TEXT = 300;

/**
 * The labels of a set's newest version that are likely wrong, the most doubtful first. `train` trains the classifier however large the set is; the signal ends
 * the comparison, which takes a thread of its own some seconds for tens of thousands of cases.
 * Throws `eval_set_missing`.
 */
export async function auditSet(
  workbench: Workbench,
  project: Project,
  name: string,
  { limit, train = false, signal }: { limit: number; train?: boolean; signal?: AbortSignal },
): Promise<AuditReport> {
  const { stores } = workbench;
  const set = await findSet(workbench, project, name);
  const version = await stores.evalSets.version(set.id, null);
  const labels = version === null ? [] : labelsFor({ type: 'text' }, await stores.evalSets.labelCounts(version));
  if (version === null || labels.length === 0) return nothingToAudit(set.slug, version?.number ?? 0);
  const runs = await auditedRuns(workbench, project, set);
  const baseline = await baselineOf(workbench, version, train);
  const trained = 'code' in baseline ? null : baseline;
  const { cases, votes } = await readVotes(workbench, version, runs);
  const labelled = cases.flatMap(({ id, key, variables, expected }): AuditCase[] => {
    const label = caseLabel(expected);
    return label === null || !labels.includes(label) ? [] : [{ id, key, label, text: caseText(variables) }];
  });
  const predictions = trained === null ? [] : [...trained.predictions, ...trained.holdoutPredictions];
  const data: AuditData = { cases: labelled, predictions, runs: votes };
  const found = await inWorker<{ sources: SourceReport[]; suspects: Suspect[] }>('audit-worker', data, { signal });
  const settled = new Set(await stores.labelAudits.settledKeys(version));
  const open = found.suspects.filter(({ key }) => !settled.has(key));
  const caseOf = new Map(cases.map((item) => [item.key, item]));
  return {
    set: set.slug,
    setVersion: version.number,
    labels,
    cases: labelled.length,
    reason: null,
    classifierReason: 'code' in baseline ? baseline : null,
    sources: found.sources,
    runs: runs.map(({ id, prompt, version, model, standIn, split }) => ({
      run: id,
      prompt,
      version,
      model,
      standIn,
      split,
    })),
    settled: settled.size,
    suspectCount: open.length,
    suspects: open.slice(0, limit).flatMap((suspect) => suspectView(suspect, caseOf) ?? []),
  };
}

const nothingToAudit = (set: string, setVersion: number): AuditReport => ({
  set,
  setVersion,
  labels: [],
  cases: 0,
  classifierReason: null,
  sources: [],
  runs: [],
  settled: 0,
  suspectCount: 0,
  suspects: [],
  reason: {
    code: 'audit_without_labels',
    message:
      'What this set expects are no labels, and only labels can be audited: at least two, each on several cases.',
    details: {},
  },
});

function suspectView(suspect: Suspect, caseOf: ReadonlyMap<string, EvalCase>): SuspectView | null {
  const item = caseOf.get(suspect.key);
  if (item === undefined) return null;
  const named = (keys: readonly string[]) =>
    keys.flatMap((key): NamedCase[] => {
      const other = caseOf.get(key);
      const label = other && caseLabel(other.expected);
      return label == null || other === undefined
        ? []
        : [{ key, label, text: caseText(other.variables).slice(0, LONGEST_TEXT) }];
    });
  const { variables, tags, split } = item;
  const evidence = suspect.evidence.map((one) => {
    if (!('keys' in one)) return one;
    const { keys, ...rest } = one;
    return { ...rest, cases: named(keys) };
  });
  return { ...suspect, variables, tags, split, evidence };
}
