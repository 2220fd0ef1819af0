/** The chance that a binomial count is at most a bound, from 0 draws and the bound 0 on; draws and bound grow one at a time. */
export class BinomialTail {
  readonly #share: number;
  #draws = 0;
  #bound = 0;
  #chance = 1;
  /** That the count is the bound itself. */
  #atBound = 1;

  constructor(share: number) {
    this.#share = share;
  }

  get bound(): number {
    return this.#bound;
  }

  get chance(): number {
    return this.#chance;
  }

  /** That the count is the bound + 1. */
  get nextChance(): number {
    return (this.#atBound * (this.#draws - this.#bound) * this.#share) / ((this.#bound + 1) * (1 - this.#share));
  }

  raise(): void {
    this.#atBound = this.nextChance;
    this.#chance += this.#atBound;
    this.#bound += 1;
  }

  draw(): void {
    this.#chance -= this.#share * this.#atBound;
    this.#draws += 1;
    this.#atBound *= (this.#draws * (1 - this.#share)) / (this.#draws - this.#bound);
  }
}
