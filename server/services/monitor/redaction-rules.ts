import { isDeepStrictEqual } from 'node:util';
import type { Project } from '../../domain/project.ts';
import { type DetectorName, detectorNames } from '../../domain/redaction/detectors.ts';
import { Redactor } from '../../domain/redaction/redactor.ts';
import {
  alwaysOn,
  compileRules,
  firstRules,
  type RedactionRules,
  type RedactionVersion,
} from '../../domain/redaction/rules.ts';
import { suggestedDetectors } from '../../domain/redaction/suggested-detectors.ts';
import type { RedactionCount, StoredRedaction } from '../../storage/redaction-store.ts';
import type { Workbench } from '../workbench.ts';
import { redactorFor } from './redaction.ts';

type WithStores = Pick<Workbench, 'stores'>;

export type RedactionView = {
  /** Number of the rules' version; 0 while the project has none of its own. */
  number: number;
  rules: RedactionRules;
  /** Kinds that the scope gives reason to switch on, and that are off. */
  suggested: DetectorName[];
  counts: RedactionCount[];
  versions: RedactionVersion[];
  /** When rules were applied to what was stored before them. */
  stored: StoredRedaction[];
  /** Of the database's file, which is written anew when rules are applied to what is stored. */
  fileBytes: number;
};

/** The rules that hold, with their history and how often each has found something. */
export async function redactionView({ stores }: WithStores, project: Project): Promise<RedactionView> {
  const versions = await stores.redaction.versions(project.id);
  const { number, rules } = versions[0] ?? { number: 0, rules: firstRules };
  const suggested = suggestedDetectors(await stores.projects.scope(project.id));
  return {
    number,
    rules,
    versions,
    suggested: suggested.filter((name) => !rules.detectors.includes(name)),
    counts: await stores.redaction.counts(project.id),
    stored: await stores.redaction.stored(project.id),
    fileBytes: await stores.productionTexts.fileBytes(),
  };
}

/**
 * Saves rules as the next version, over the version `base`; rules that say the same make none. They hold from the next call on.
 * Throws `redaction_rules_invalid`, `redaction_changed_meanwhile`.
 */
export async function saveRedaction(
  { stores }: WithStores,
  project: Project,
  { rules, author, base }: { rules: RedactionRules; author: string; base?: number },
): Promise<{ number: number; created: boolean }> {
  const meant = tidied(rules);
  compileRules(meant);
  const newest = await stores.redaction.newest(project.id);
  const present = newest?.number ?? 0;
  if (base === undefined || base === present) {
    if (isDeepStrictEqual(newest?.rules ?? firstRules, meant)) return { number: present, created: false };
  }
  const { number } = await stores.redaction.save(project.id, { rules: meant, author, base: base ?? present });
  return { number, created: true };
}

/** What becomes of a text, by rules that are only tried or by those that hold. Nothing is stored and nothing counted. Throws `redaction_rules_invalid`. */
export async function tryRedaction(
  workbench: WithStores,
  project: Project,
  { text, rules }: { text: string; rules?: RedactionRules },
): Promise<{ text: string; counts: { name: string; count: number }[] }> {
  const redactor = rules === undefined ? await redactorFor(workbench, project) : new Redactor(compileRules(rules));
  const redacted = redactor.text(text);
  return { text: redacted, counts: [...redactor.counts].map(([name, count]) => ({ name, count })) };
}

/** In one order, each once, keys among them. */
function tidied({ detectors, words, patterns, fields, numbered }: RedactionRules): RedactionRules {
  return {
    detectors: detectorNames.filter((name) => name === alwaysOn || detectors.includes(name)),
    words: [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))],
    patterns: patterns.map(({ name, pattern }) => ({ name: name.trim(), pattern })),
    fields: fields.map(({ path, action }) => ({ path: path.trim(), action })),
    numbered,
  };
}
