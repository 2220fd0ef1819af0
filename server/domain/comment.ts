import type { CommentId, EvalSetId, ProjectId, ResultId, RunId, ScopeId } from './ids.ts';

/** What people comment. A case is meant whatever version of its set it stands in; a result, whatever attempt at it; a project's scope, whatever version. */
export type CommentSubject =
  | { kind: 'run'; run: RunId }
  | { kind: 'result'; result: ResultId }
  | { kind: 'case'; set: EvalSetId; key: string }
  | { kind: 'scope'; scope: ScopeId };

/** What a person says of something. Unlike history it can be changed and taken back. */
export type Comment = {
  id: CommentId;
  projectId: ProjectId;
  subject: CommentSubject;
  /** Plain text. */
  text: string;
  author: string;
  createdAt: string;
  /** When the text was last changed; null where it stands as it was written. */
  editedAt: string | null;
  /** Who took it for settled; null while it is open. */
  resolved: { by: string; at: string } | null;
};

export type CommentCount = { comments: number; open: number };
