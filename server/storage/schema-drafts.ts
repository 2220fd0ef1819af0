import type { Generated } from 'kysely';
import type { CaseDraftId, DraftingId, EvalSetId, ProjectId } from '../domain/ids.ts';
import type { Fixed, Instant, Json } from './column.ts';

/** Drafts of cases, and the times that a model was asked for them. */
export type DraftTables = {
  drafting: {
    id: Generated<DraftingId>;
    projectId: Fixed<ProjectId>;
    evalSetId: Fixed<EvalSetId>;
    model: Fixed<string>;
    prompt: Fixed<string>;
    wanted: Fixed<number>;
    status: string;
    problems: Generated<Json>;
    inputTokens: Generated<number>;
    outputTokens: Generated<number>;
    /** 0 until something was asked, null where a call had no known price. */
    costUsd: Generated<number | null>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    owner: Fixed<string | null>;
  };
  caseDraft: {
    id: Generated<CaseDraftId>;
    draftingId: Fixed<DraftingId>;
    variables: Fixed<Json>;
    expected: Fixed<Json>;
    tags: Fixed<Json>;
    likeness: Fixed<Json | null>;
    state: Generated<string>;
    decidedBy: string | null;
    decidedAt: Instant | null;
  };
};
