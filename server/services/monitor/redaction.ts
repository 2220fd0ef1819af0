import type { Project } from '../../domain/project.ts';
import { Redactor } from '../../domain/redaction/redactor.ts';
import { type CompiledRules, compileRules, firstRules } from '../../domain/redaction/rules.ts';
import type { Stores } from '../../storage/stores.ts';
import type { Workbench } from '../workbench.ts';

type WithStores = Pick<Workbench, 'stores'>;
type Compiled = { number: number; rules: CompiledRules };

/** Rules as they were compiled last, by project: each call would take longer for compiling than for its texts. */
const compiled = new WeakMap<Stores, Map<Project['id'], Compiled>>();

/**
 * What takes out of the texts of one observation, or one trace, all that the project's rules cover: everything that production sends passes it before it is stored.
 * `keepCounts` afterwards adds to what the page counts by rule.
 */
export async function redactorFor({ stores }: WithStores, project: Pick<Project, 'id'>): Promise<Redactor> {
  const version = await stores.redaction.newest(project.id);
  const number = version?.number ?? 0;
  const ofStores = compiled.get(stores) ?? new Map<Project['id'], Compiled>();
  compiled.set(stores, ofStores);
  const known = ofStores.get(project.id);
  if (known?.number === number) return new Redactor(known.rules);
  const rules = compileRules(version?.rules ?? firstRules);
  ofStores.set(project.id, { number, rules });
  return new Redactor(rules);
}

/** Adds what a redactor found to the counts of the project: how often, never what. */
export const keepCounts = ({ stores }: WithStores, project: Pick<Project, 'id'>, redactor: Redactor): Promise<void> =>
  stores.redaction.addCounts(project.id, redactor.counts);
