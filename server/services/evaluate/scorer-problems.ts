import type { ReadCases } from '../../formats/cases-from-rows.ts';
import type { FileProblem } from '../../formats/file-problem.ts';

/** What is wrong with scorers of a file's cases. Most files have none, and their import's thread has no room for all scorers there are. */
export async function scorerProblems(scorers: ReadCases['scorers']): Promise<FileProblem[]> {
  if (scorers.size === 0) return [];
  const { caseScorerProblem } = await import('./case-scorers.ts');
  return [...scorers].flatMap(([scorer, line]) => {
    const problem = caseScorerProblem(scorer);
    return problem === null ? [] : [{ line, ...problem }];
  });
}
