/** How often something was so in a simulation. */
export class Share {
  #hits = 0;
  #replications = 0;

  add(hit: boolean): void {
    this.#replications += 1;
    if (hit) this.#hits += 1;
  }

  get replications(): number {
    return this.#replications;
  }

  get value(): number {
    return this.#hits / this.#replications;
  }

  /** Monte-Carlo standard error. */
  get error(): number {
    return Math.sqrt((this.value * (1 - this.value)) / this.#replications);
  }

  /** In per cent, with its standard error. */
  toString(): string {
    return `${(100 * this.value).toFixed(2)} ± ${(100 * this.error).toFixed(2)}`;
  }
}

export const percent = (share: number): string => (100 * share).toFixed(2);

export const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Each of these with each of those. */
export const crossed = <A, B>(these: readonly A[], those: readonly B[]): (A & B)[] =>
  these.flatMap((one) => those.map((other) => ({ ...one, ...other })));
