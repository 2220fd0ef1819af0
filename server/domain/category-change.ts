import type { CategoryChangeId } from './ids.ts';

/** What was done to categories at once: several became one (one of them: a rename), or results were sorted into some. */
export type CategoryChangeContent =
  | { type: 'renamed'; from: readonly string[]; to: string }
  | { type: 'sorted'; categories: readonly { category: string; results: number }[] };

export type CategoryChange = {
  id: CategoryChangeId;
  content: CategoryChangeContent;
  author: string;
  createdAt: string;
  undone: { author: string; at: string } | null;
  /** Results that still stand as it left them: what undoing it brings back. */
  standing: number;
};
