import type { ResultId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import type { Workbench } from '../workbench.ts';

/** Notes what a person found in a result; the newest review counts, the earlier ones stay. Throws `result_missing`. */
export async function reviewResult(
  { stores }: Pick<Workbench, 'stores'>,
  id: number,
  review: Pick<Review, 'category' | 'note' | 'verdict' | 'author'>,
): Promise<Review> {
  const { result } = await stores.results.get(id as ResultId);
  return stores.reviews.add({ resultId: result.id, ...review });
}
