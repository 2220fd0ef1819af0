import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { invalid } from '../../domain/errors.ts';
import { type CaseContent, type CaseList, type EvalCase, sameContent } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import { slugOf } from '../../domain/slug.ts';
import type { Split } from '../../domain/split.ts';
import { type CaseFileOptions, type ReadCases, readCaseFile, readCases } from '../../formats/cases-from-rows.ts';
import type { FieldMapping } from '../../formats/field-roles.ts';
import { fileError } from '../../formats/file-problem.ts';
import type { ReadFile } from '../../formats/rows.ts';
import type { NewCase } from '../../storage/eval-set-change.ts';
import type { NewEvalSet } from '../../storage/eval-set-store.ts';
import type { Workbench } from '../workbench.ts';
import { drawSides } from './draw-splits.ts';
import { type EvalSetView, evalSetView } from './list-sets.ts';
import { scorerProblems } from './scorer-problems.ts';

type Stores = Pick<Workbench, 'stores'>;
export type SetImport = {
  set: EvalSetView;
  added: number;
  unchanged: number;
  replaced: number;
  /** Rows that repeat another one of the same file. */
  repeated: number;
  /** Cases on each side of the set now. */
  dev: number;
  holdout: number;
};

type About = { set: string; holdout: number; author: string };
/** Into which set a file is imported, and how it is read. */
export type FileImport = About & CaseFileOptions;

/**
 * Imports the text of a CSV, JSON or JSONL file into a set, which is made where there is none: all rows or, with the bad rows named, none. Throws
 * `import_failed`, `file_type_unknown`, `eval_set_name_invalid`.
 */
export async function importSet(
  workbench: Stores,
  project: Project,
  file: About & { fileName: string; text: string } & FieldMapping,
): Promise<SetImport> {
  const { cases, repeated, scorers } = readCases(file.fileName, file.text, file);
  await refuseScorers(file.fileName, scorers);
  const about = { name: file.set, notes: '', holdoutShare: file.holdout };
  return { ...(await importCases(workbench, project, about, cases, file)), repeated };
}

/** Imports a file as it is on disk, in any format and encoding. Throws as `importSet` does, and `archive_too_large`, `sheet_missing`. */
export async function importFileHere(
  workbench: Stores,
  project: Project,
  file: { path: string; fileName: string },
  { set, holdout, author, ...options }: FileImport,
): Promise<SetImport & Pick<ReadFile, 'encoding'>> {
  const { cases, repeated, scorers, encoding } = await readCaseFile(file.fileName, await readFile(file.path), options);
  await refuseScorers(file.fileName, scorers);
  const about = { name: set, notes: '', holdoutShare: holdout };
  const imported = await importCases(workbench, project, about, cases, { fileName: file.fileName, author });
  return { ...imported, repeated, encoding };
}

async function refuseScorers(fileName: string, scorers: ReadCases['scorers']): Promise<void> {
  const problems = await scorerProblems(scorers);
  if (problems.length > 0) throw fileError('import_failed', fileName, problems);
}

/**
 * Puts cases into a set as its next version. Those that it has by id are unchanged or replaced and stay on their side; where nothing is new, there
 * is no new version. Its name, notes and share of holdout count only where the set is made.
 */
export async function importCases(
  { stores: { evalSets } }: Stores,
  project: Project,
  about: NewEvalSet,
  cases: CaseList,
  { fileName, author }: { fileName: string; author: string },
): Promise<Omit<SetImport, 'repeated'>> {
  const name = about.name.trim();
  const slug = slugOf(name);
  if (slug === '') {
    throw invalid('eval_set_name_invalid', `"${name}" has no letter or digit. Give the set a name that has some.`);
  }
  const set = await evalSets.find(project.id, name);
  const newest = set === null ? null : await evalSets.version(set.id, null);
  const before = newest === null ? [] : await evalSets.cases(newest);
  const { joining, replaced } = before.length === 0 ? { joining: cases, replaced: [] } : sortOut(cases, before);
  const present = [...new Map<string, NewCase>([...before, ...replaced].map((item) => [item.key, item])).values()];
  const holdoutShare = set?.holdoutShare ?? about.holdoutShare;
  const sides = await drawSides(present, joining, { holdoutShare, seed: `${project.slug}/${slug}` });
  const splits = [...present.map(({ split }) => split), ...sides];
  const counts = {
    added: joining.length,
    replaced: replaced.length,
    unchanged: cases.length - joining.length - replaced.length,
    dev: splits.filter((split) => split === 'dev').length,
    holdout: splits.filter((split) => split === 'holdout').length,
  };
  const added = { length: joining.length, [Symbol.iterator]: () => onSides(joining, sides) };
  const note = { note: `Imported from ${path.basename(fileName)}`, author };
  if (set === null) {
    const made = await evalSets.createWithCases(project.id, { ...about, name }, added, note);
    return { set: evalSetView(made.set, made.version), ...counts };
  }
  if (joining.length === 0 && replaced.length === 0) return { set: evalSetView(set, newest), ...counts };
  const version = await evalSets.change(set.id, newest?.number ?? 0, { added, replaced, removed: [] }, note);
  return { set: evalSetView(set, version), ...counts };
}

function* onSides(cases: Iterable<CaseContent>, sides: readonly Split[]): Generator<NewCase> {
  let index = 0;
  for (const item of cases) yield { ...item, split: sides[index++] ?? 'dev' };
}

function sortOut(cases: Iterable<CaseContent>, before: readonly EvalCase[]) {
  const present = new Map(before.map((item) => [item.key, item]));
  const joining: CaseContent[] = [];
  const replaced: NewCase[] = [];
  for (const given of cases) {
    const earlier = present.get(given.key);
    // A file that says nothing of groups or scorers leaves a case its own.
    const item = { group: earlier?.group, scorers: earlier?.scorers, ...given };
    if (earlier === undefined) joining.push(item);
    else if (!sameContent(earlier, item)) replaced.push({ ...item, split: earlier.split });
  }
  return { joining, replaced };
}
