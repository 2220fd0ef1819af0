import { setImmediate } from 'node:timers/promises';
import { missing } from '../../domain/errors.ts';
import type { EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptContent } from '../../domain/prompt.ts';
import { checkPrompt } from '../../domain/prompt-checks/check-prompt.ts';
import { holdoutLeakFinder } from '../../domain/prompt-checks/holdout-leak.ts';
import type { PromptCheck } from '../../domain/prompt-checks/prompt-check.ts';
import { compilePrompt, templateProblems } from '../../domain/template.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type CheckedPrompt = {
  checks: readonly PromptCheck[];
  /** What it was held against; null where the project has no set with cases. */
  set: { slug: string; version: number; holdoutCases: number } | null;
};

const PAGE = 250;
/** So many leaked cases say enough. */
const MOST_LEAKS = 20;

/**
 * What is worth changing in a prompt, found without a model. It is held against a set: the named one, else the project's first with cases.
 * Throws `eval_set_missing`.
 */
export async function checkDraft(
  workbench: Stores,
  project: Project,
  { content, set: name }: { content: PromptContent; set: string | null },
): Promise<CheckedPrompt> {
  const found = await findSet(workbench, project, name);
  const given = found === null ? null : await workbench.stores.evalSets.variableNames(found.version);
  const checks = checkPrompt(content, { used: usedVariables(content), given });
  if (found === null) return { checks, set: null };
  const leaks = await findLeaks(workbench, found.version, content);
  const holdoutCases = await workbench.stores.evalSets.countCases(found.version, { split: 'holdout' });
  return { checks: [...leaks, ...checks], set: { slug: found.slug, version: found.version.number, holdoutCases } };
}

async function findSet({ stores }: Stores, project: Project, name: string | null) {
  if (name !== null) {
    const set = await stores.evalSets.find(project.id, name);
    const version = set === null ? null : await stores.evalSets.version(set.id, null);
    if (set === null || version === null) {
      throw missing(
        'eval_set_missing',
        `${project.name} has no evaluation set "${name}" with cases. Name another one, or import cases first.`,
      );
    }
    return { slug: set.slug, version };
  }
  for (const { id, slug } of await stores.evalSets.list(project.id)) {
    const version = await stores.evalSets.version(id, null);
    if (version !== null && version.caseCount > 0) return { slug, version };
  }
  return null;
}

/** Those of the templates that can be read: what is wrong with the others is said elsewhere. */
function usedVariables(content: PromptContent): readonly string[] {
  const broken = new Set(templateProblems(content).map(({ message }) => message));
  return compilePrompt({ messages: content.messages.filter((_, index) => !broken.has(index)) }).variables;
}

/** Page by page, so that a large set keeps nobody else waiting. */
async function findLeaks({ stores }: Stores, version: EvalSetVersion, content: PromptContent): Promise<PromptCheck[]> {
  const find = holdoutLeakFinder(content);
  const leaks: PromptCheck[] = [];
  let after: number | undefined;
  do {
    const cases = await stores.evalSets.cases(version, { split: 'holdout', after, limit: PAGE });
    leaks.push(...cases.map(find).filter((leak) => leak !== null));
    after = cases.length < PAGE ? undefined : cases.at(-1)?.position;
    await setImmediate();
  } while (after !== undefined && leaks.length < MOST_LEAKS);
  return leaks.slice(0, MOST_LEAKS);
}
