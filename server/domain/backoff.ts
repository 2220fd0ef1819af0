const firstMs = 250;
const mostMs = 20_000;

/** Calls an item is worth before it becomes an error. */
export const mostTries = 6;

/**
 * How long to wait before try number `tried + 1`: doubles, with jitter so that calls that failed together do not return together
 * ("equal jitter", Brooker, AWS Architecture Blog, 2015), and never less than the server asked for.
 */
export function backoffMs(tried: number, random: number, retryAfterMs: number | null): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** (tried - 1));
  return Math.max(ceiling / 2 + (random * ceiling) / 2, retryAfterMs ?? 0);
}
