/** ln Γ(x) for x > 0, to some 12 digits: Stirling's series from 10 on, below it through Γ(x) = Γ(x + 1)/x. DLMF 5.11.1 and 5.5.1. */
export function logGamma(x: number): number {
  let product = 1;
  let at = x;
  for (; at < 10; at++) product *= at;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * at ** 2)) / at ** 2) / at ** 2) / at;
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}
