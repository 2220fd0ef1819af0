import type { Generated } from 'kysely';
import type { Fixed, Instant, Json } from './schema.ts';

/** Drafts of cases, and the times that a model was asked for them. */
export type DraftTables = {
  drafting: {
    id: Generated<number>;
    projectId: Fixed<number>;
    evalSetId: Fixed<number>;
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
    id: Generated<number>;
    draftingId: Fixed<number>;
    variables: Fixed<Json>;
    expected: Fixed<Json>;
    tags: Fixed<Json>;
    likeness: Fixed<Json | null>;
    state: Generated<string>;
    decidedBy: string | null;
    decidedAt: Instant | null;
  };
};
