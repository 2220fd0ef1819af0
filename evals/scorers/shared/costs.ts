/** In dollars: null where a price is missing; undefined where nothing was asked. */
export function sumOfCosts(costs: readonly (number | null | undefined)[]): number | null | undefined {
  const asked = costs.filter((cost) => cost !== undefined);
  if (asked.length === 0) return undefined;
  return asked.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost));
}
