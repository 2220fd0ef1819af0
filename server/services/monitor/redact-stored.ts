import type { JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { Redactor } from '../../domain/redaction/redactor.ts';
import { type CompiledRules, compileRules, firstRules } from '../../domain/redaction/rules.ts';
import type { ChangedText, ProductionRecord } from '../../storage/production-text-store.ts';
import type { Stores } from '../../storage/stores.ts';

/** Of cases it isn't known beforehand how many there are: the total is 0. */
export type StoredProgress = { phase: 'texts' | 'cases' | 'file'; done: number; total: number };
export type Rewritten = {
  /** Rows that were read, and those that were changed. */
  records: number;
  changed: number;
  matchingCases: number;
  /** The first of them. */
  cases: MatchingCase[];
};
/** `current` where the newest version of the set has it so. */
export type MatchingCase = { set: string; key: string; current: boolean };

const sliceSize = 100;
const mostNamed = 100;

/** Applies the newest rules to all that production calls of a project left, and looks which cases match. Doing it again changes nothing more. */
export async function redactStored(
  stores: Stores,
  project: Pick<Project, 'id'>,
  { author, progress }: { author: string; progress: (progress: StoredProgress) => void },
): Promise<Rewritten> {
  const newest = await stores.redaction.newest(project.id);
  const rules = compileRules(newest?.rules ?? firstRules);
  const total = await stores.productionTexts.count(project.id);
  let [records, changed] = [0, 0];
  for await (const slice of stores.productionTexts.slices(project.id, sliceSize)) {
    for (const record of slice) {
      const changes = changesOf(record, rules);
      if (changes.length === 0) continue;
      await stores.productionTexts.rewrite(record, changes);
      changed += 1;
    }
    records += slice.length;
    progress({ phase: 'texts', done: records, total });
  }
  await stores.redaction.addStored(project.id, { rules: newest?.number ?? 0, author, records, changed });
  return { records, changed, ...(await matchingCases(stores, project, rules, progress)) };
}

/** One redactor a record: numbers hold within it. */
function changesOf({ texts }: ProductionRecord, rules: CompiledRules): ChangedText[] {
  const redactor = new Redactor(rules);
  return texts.flatMap(({ column, text, json }) => {
    const after = json ? JSON.stringify(redactor.json(JSON.parse(text))) : redactor.text(text);
    return after === text ? [] : [{ column, before: text, after }];
  });
}

/** Cases that were made before and hold what the rules cover, in any version of their set: runs were judged by them, and they stay. */
async function matchingCases(
  { productionTexts }: Pick<Stores, 'productionTexts'>,
  { id }: Pick<Project, 'id'>,
  rules: CompiledRules,
  progress: (progress: StoredProgress) => void,
): Promise<Pick<Rewritten, 'matchingCases' | 'cases'>> {
  const matching = new Map<string, MatchingCase>();
  let done = 0;
  for await (const slice of productionTexts.cases(id, sliceSize)) {
    for (const { set, key, current, variables, expected } of slice) {
      if (holds(rules, JSON.parse(variables)) || holds(rules, JSON.parse(expected))) {
        const before = matching.get(`${set}/${key}`);
        matching.set(`${set}/${key}`, { set, key, current: current || (before?.current ?? false) });
      }
    }
    done += slice.length;
    progress({ phase: 'cases', done, total: 0 });
  }
  return { matchingCases: matching.size, cases: [...matching.values()].slice(0, mostNamed) };
}

function holds(rules: CompiledRules, value: JsonValue): boolean {
  const redactor = new Redactor(rules);
  redactor.json(value);
  return redactor.counts.size > 0;
}
