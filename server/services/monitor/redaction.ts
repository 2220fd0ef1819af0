import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { Redactor } from '../../domain/redaction/redactor.ts';
import { type CompiledRules, combinedRules, compileRules, firstRules } from '../../domain/redaction/rules.ts';
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
export async function redactorFor(workbench: WithStores, project: Pick<Project, 'id'>): Promise<Redactor> {
  return new Redactor(await rulesOf(workbench, project));
}

/** For what belongs to no project, such as the log: by the rules of all of them. */
export async function redactorOfAll(workbench: WithStores): Promise<Redactor> {
  const projects = await workbench.stores.projects.list();
  const rules = await Promise.all(projects.map((project) => rulesOf(workbench, project)));
  return new Redactor(combinedRules([compileRules(firstRules), ...rules]));
}

async function rulesOf({ stores }: WithStores, project: Pick<Project, 'id'>): Promise<CompiledRules> {
  const version = await stores.redaction.newest(project.id);
  const number = version?.number ?? 0;
  const ofStores = compiled.get(stores) ?? new Map<Project['id'], Compiled>();
  compiled.set(stores, ofStores);
  const known = ofStores.get(project.id);
  if (known?.number === number) return known.rules;
  const rules = compileRules(version?.rules ?? firstRules);
  ofStores.set(project.id, { number, rules });
  return rules;
}

type CaseTexts = { variables: JsonObject; expected: JsonValue; tags: readonly string[] };

/** What a case of a production call may hold: the call may be older than a rule, and what is expected of it was typed now. */
export async function redactedCase(
  workbench: WithStores,
  project: Pick<Project, 'id'>,
  { variables, expected, tags }: CaseTexts,
): Promise<CaseTexts> {
  const redactor = await redactorFor(workbench, project);
  const redacted = {
    variables: redactor.json(variables),
    expected: redactor.json(expected),
    tags: [...new Set(tags.map((tag) => redactor.text(tag)))],
  };
  await keepCounts(workbench, project, redactor);
  return redacted;
}

/** Adds what a redactor found to the counts of the project: how often, never what. */
export const keepCounts = ({ stores }: WithStores, project: Pick<Project, 'id'>, redactor: Redactor): Promise<void> =>
  stores.redaction.addCounts(project.id, redactor.counts);
