import type { JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { Redactor } from '../../domain/redaction/redactor.ts';
import { type CompiledRules, compileRules, firstRules } from '../../domain/redaction/rules.ts';
import type { ChangedText, ProductionRecord } from '../../storage/production-text-store.ts';
import type { Stores } from '../../storage/stores.ts';

export type StoredProgress = { phase: 'texts' | 'cases' | 'file'; done: number; total: number };
export type Rewritten = {
  /** Rows that were read, and those that were changed. */
  records: number;
  changed: number;
  matchingCases: number;
  /** The first of them. */
  cases: { set: string; key: string }[];
};

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

/** Cases that were made before and hold what the rules cover: versions of sets are what runs were judged by, and stay. */
async function matchingCases(
  { evalSets }: Pick<Stores, 'evalSets'>,
  { id }: Pick<Project, 'id'>,
  rules: CompiledRules,
  progress: (progress: StoredProgress) => void,
): Promise<Pick<Rewritten, 'matchingCases' | 'cases'>> {
  const matching: { set: string; key: string }[] = [];
  const sets = await evalSets.list(id);
  for (const [index, set] of sets.entries()) {
    progress({ phase: 'cases', done: index, total: sets.length });
    const version = await evalSets.version(set.id, null);
    if (version === null) continue;
    for (const { key, variables, expected } of await evalSets.cases(version)) {
      if (holds(rules, variables) || holds(rules, expected)) matching.push({ set: set.slug, key });
    }
  }
  return { matchingCases: matching.length, cases: matching.slice(0, mostNamed) };
}

function holds(rules: CompiledRules, value: JsonValue): boolean {
  const redactor = new Redactor(rules);
  redactor.json(value);
  return redactor.counts.size > 0;
}
