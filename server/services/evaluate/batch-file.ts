/** Text is kept as bytes from so many characters on. */
const mostText = 250_000;

/** The lines of a batch, kept as bytes outside of the heap: there may be tens of thousands. */
export class BatchFile {
  readonly #parts: Blob[] = [];
  #text = '';
  #sealed = 0;

  /** About; a character of the last lines may take several. */
  get bytes(): number {
    return this.#sealed + this.#text.length;
  }

  add(line: string): void {
    this.#text += line;
    if (this.#text.length >= mostText) this.#seal();
  }

  content(): Blob {
    this.#seal();
    return new Blob(this.#parts);
  }

  #seal(): void {
    const part = new Blob([this.#text]);
    this.#text = '';
    this.#sealed += part.size;
    this.#parts.push(part);
  }
}
