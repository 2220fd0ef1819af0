import type { Comment, CommentCount, CommentSubject } from '../../domain/comment.ts';
import { conflict, missing } from '../../domain/errors.ts';
import type { CommentId, ProjectId, ResultId, RunId } from '../../domain/ids.ts';
import { maskSecrets } from '../../domain/mask-secrets.ts';
import type { Project } from '../../domain/project.ts';
import { findProject } from '../scope/find-project.ts';
import type { Workbench } from '../workbench.ts';
import { findSet } from './list-sets.ts';

type Stores = Pick<Workbench, 'stores'>;

/** What a comment is about, by the names that people know it by. */
export type NamedSubject =
  | Exclude<CommentSubject, { kind: 'case' | 'scope' }>
  | { kind: 'case'; project: string; set: string; key: string }
  /** `version`: that which was the newest when the comment was written. */
  | { kind: 'scope'; project: string; version?: number };
export type CommentView = Omit<Comment, 'projectId' | 'subject'> & { subject: NamedSubject };

/** Writes a comment; what looks like a key is masked in it. Throws what `subjectNamed` throws. */
export async function addComment(
  workbench: Stores,
  { subject, text, author }: { subject: NamedSubject; text: string; author: string },
): Promise<CommentView> {
  const about = await subjectNamed(workbench, subject);
  return viewOf(workbench, await workbench.stores.comments.add({ ...about, text: maskSecrets(text), author }));
}

/** Changes the text, settles or opens again; what is left out stays. Throws `comment_missing`. */
export async function changeComment(
  workbench: Stores,
  id: CommentId,
  { text, resolved, author }: { text?: string; resolved?: boolean; author: string },
): Promise<CommentView> {
  const { comments } = workbench.stores;
  const before = (await comments.get(id)) ?? gone(id);
  const edited = text === undefined || text === before.text ? before : await comments.changeText(id, maskSecrets(text));
  const changed = resolved === undefined ? edited : await comments.resolve(id, resolved ? author : null);
  return viewOf(workbench, changed ?? gone(id));
}

/** Throws `comment_missing`. */
export async function deleteComment({ stores }: Stores, id: CommentId): Promise<void> {
  if (!(await stores.comments.delete(id))) gone(id);
}

/** Throws `run_missing`. */
export async function runComments(workbench: Stores, run: RunId): Promise<CommentView[]> {
  return commentsOf(workbench, { kind: 'run', run });
}

/** Those at a result, whatever attempt, and those at its case. Throws `result_missing`. */
export async function resultComments(workbench: Stores, id: ResultId): Promise<CommentView[]> {
  const { stores } = workbench;
  const { result, case: item } = await stores.results.get(id);
  const { evalSetVersionId } = await stores.runs.get(result.runId);
  const { evalSetId: set } = await stores.evalSets.getVersion(evalSetVersionId);
  const found = [
    ...(await stores.comments.of({ kind: 'result', result: id })),
    ...(await stores.comments.of({ kind: 'case', set, key: item.key })),
  ];
  return viewsOf(workbench, found);
}

/** Throws `project_missing`, `eval_set_missing`, `case_missing`. */
export async function caseComments(
  workbench: Stores,
  place: { project: string; set: string; key: string },
): Promise<CommentView[]> {
  return commentsOf(workbench, { kind: 'case', ...place });
}

/** Those at the scope of a project, whatever version of it; none while none was saved. */
export async function scopeComments(workbench: Stores, project: Project): Promise<CommentView[]> {
  const { stores } = workbench;
  const [newest] = await stores.projects.scopeVersions(project.id, 1);
  return newest === undefined ? [] : viewsOf(workbench, await stores.comments.of({ kind: 'scope', scope: newest.id }));
}

/** Throws `run_missing`. */
export async function resultCommentCounts(
  { stores }: Stores,
  id: RunId,
): Promise<({ result: ResultId } & CommentCount)[]> {
  const { id: run } = await stores.runs.get(id);
  return stores.comments.countsOfResults(run);
}

/** Throws `eval_set_missing`. */
export async function caseCommentCounts(
  workbench: Stores,
  project: Project,
  set: string,
): Promise<({ key: string } & CommentCount)[]> {
  return workbench.stores.comments.countsOfCases((await findSet(workbench, project, set)).id);
}

async function commentsOf(workbench: Stores, named: NamedSubject): Promise<CommentView[]> {
  const { subject } = await subjectNamed(workbench, named);
  return viewsOf(workbench, await workbench.stores.comments.of(subject));
}

/** Throws `run_missing`, `result_missing`, `project_missing`, `eval_set_missing`, `case_missing` and `scope_not_written`. */
async function subjectNamed(
  workbench: Stores,
  named: NamedSubject,
): Promise<{ projectId: ProjectId; subject: CommentSubject }> {
  const { stores } = workbench;
  switch (named.kind) {
    case 'run':
      return { projectId: (await stores.runs.get(named.run)).projectId, subject: named };
    case 'result': {
      const { result } = await stores.results.get(named.result);
      return { projectId: (await stores.runs.get(result.runId)).projectId, subject: named };
    }
    case 'case': {
      const project = await findProject(workbench, named.project);
      const set = await findSet(workbench, project, named.set);
      if (!(await stores.evalSets.hasCase(set.id, named.key))) {
        throw missing('case_missing', `No version of the set "${set.name}" has a case "${named.key}".`);
      }
      return { projectId: project.id, subject: { kind: 'case', set: set.id, key: named.key } };
    }
    case 'scope': {
      const project = await findProject(workbench, named.project);
      const [newest] = await stores.projects.scopeVersions(project.id, 1);
      if (newest === undefined) {
        throw conflict('scope_not_written', `${project.name} has no scope yet. Save one, then comment it.`);
      }
      return { projectId: project.id, subject: { kind: 'scope', scope: newest.id } };
    }
  }
}

const viewsOf = (workbench: Stores, comments: readonly Comment[]): Promise<CommentView[]> =>
  Promise.all(comments.map((comment) => viewOf(workbench, comment)));

async function viewOf({ stores }: Stores, { projectId, subject, ...comment }: Comment): Promise<CommentView> {
  if (subject.kind === 'run' || subject.kind === 'result') return { ...comment, subject };
  const project = (await stores.projects.get(projectId)).slug;
  if (subject.kind === 'scope') {
    const version = await stores.projects.scopeNumber(projectId, subject.scope);
    return { ...comment, subject: { kind: 'scope', project, version } };
  }
  const set = (await stores.evalSets.get(subject.set)).slug;
  return { ...comment, subject: { kind: 'case', project, set, key: subject.key } };
}

function gone(id: CommentId): never {
  throw missing('comment_missing', `There is no comment ${id}. It may have been deleted meanwhile.`);
}
