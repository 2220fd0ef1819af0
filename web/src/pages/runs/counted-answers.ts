import type { Breakdown } from './use-breakdown.ts';

/** A value to choose, and how many results have it. */
export type Counted<Value extends string> = { value: Value; name?: string; count?: number };

/** The answers of a confusion matrix, each with how many results have it, most first. */
export function countedAnswers(confusion: Breakdown['confusion']): Counted<string>[] {
  if (confusion === null) return [];
  return confusion.columns
    .flatMap((column, index) =>
      column.type === 'answer'
        ? [
            {
              value: column.answer,
              count: confusion.rows.reduce((sum, { cells }) => sum + (cells[index]?.count ?? 0), 0),
            },
          ]
        : [],
    )
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
