/** How many of n pass, drawn case by case. */
export function drawPasses(random: () => number, n: number, rate: number): number {
  let passed = 0;
  for (let drawn = 0; drawn < n; drawn++) if (random() < rate) passed++;
  return passed;
}
