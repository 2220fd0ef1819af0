import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useApi } from '../../api/query.ts';
import { caseSubject, type Subject } from './subject.ts';
import type { Failure } from './use-failures.ts';

const noCase: Subject = { kind: 'case', key: '', variables: {}, expected: null };
const noSet: Subject = { kind: 'own', values: {} };

type Beside = { run: number | undefined; failures: readonly Failure[]; isSuccess: boolean };

/** What the draft is previewed with until a person chooses: the first failure of the run that stands beside it, else the first case of the set that was run last. */
export function useSubject(project: string, { run: failed, failures, isSuccess }: Beside) {
  const sets = useApi('GET /api/projects/:project/sets', { params: { project } });
  const newest = useApi('GET /api/projects/:project/runs', { params: { project }, query: { limit: 1 } });
  const run = useApi('GET /api/runs/:run', { params: { run: failed ?? 0 } }, { enabled: failed !== undefined });
  const [chosen, setChosen] = useState<Subject | null>(null);
  const [chosenSet, setChosenSet] = useState<string | null>(null);
  const filled = useMemo(() => sets.data?.sets.filter(({ caseCount }) => caseCount > 0) ?? [], [sets.data]);
  const runLast = filled.find(({ slug }) => slug === newest.data?.runs[0]?.set) ?? filled[0];
  // Before it is known which was run last, a case of another set would be chosen.
  const set = chosenSet ?? run.data?.set ?? (newest.isPending ? null : (runLast?.slug ?? null));
  const subject = chosen ?? (sets.isSuccess && filled.length === 0 ? noSet : noCase);
  const [first] = failures;
  const chooseFailure = useEffectEvent(
    () => first !== undefined && setChosen(caseSubject({ ...first, key: first.caseKey })),
  );
  const open = chosen === null && first !== undefined;
  useEffect(() => {
    if (open) chooseFailure();
  }, [open]);
  const chooseSet = useCallback((slug: string) => {
    setChosenSet(slug);
    setChosen(noCase);
  }, []);
  return {
    /** Whether nothing but the first case of the set is left to be shown. */
    takesFirstCase: failed === undefined || (isSuccess && first === undefined),
    sets: filled,
    set,
    subject,
    choose: setChosen,
    chooseSet,
  };
}
