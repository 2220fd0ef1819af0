import type { CaseContent } from '../domain/evaluation-set.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';

/** A case and the line on which it begins. */
export type LocatedCase = { line: number; content: CaseContent };
type Packed = [
  key: string,
  variables: JsonObject,
  expected: JsonValue,
  tags: string[],
  group: string | null,
  scorers: string[],
];

const pageBytes = 2 ** 20;
/** A character of JavaScript's takes at most three bytes. */
const mostBytes = (text: string) => 3 * text.length;

/** The cases of a file as JSON in UTF-8, one after another: as objects, a hundred thousand take four times the memory, and its collector's time. */
export class PackedCases implements Iterable<LocatedCase> {
  readonly #source: string;
  readonly #pages: Buffer[] = [];
  readonly #lines: number[] = [];
  /** For each case its page, and where in it it begins and ends. */
  readonly #places: number[] = [];
  #end = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get length(): number {
    return this.#lines.length;
  }

  push({ key, variables, expected, tags, group = null, scorers = [] }: CaseContent, line: number): void {
    const text = JSON.stringify([key, variables, expected, tags, group, scorers]);
    let page = this.#pages.at(-1);
    if (page === undefined || page.length - this.#end < mostBytes(text)) {
      page = Buffer.allocUnsafeSlow(Math.max(pageBytes, mostBytes(text)));
      this.#pages.push(page);
      this.#end = 0;
    }
    const start = this.#end;
    this.#end += page.write(text, start);
    this.#places.push(this.#pages.length - 1, start, this.#end);
    this.#lines.push(line);
  }

  line(index: number): number {
    return this.#lines[index] ?? 0;
  }

  content(index: number): CaseContent {
    const page = this.#pages[this.#places[3 * index] ?? 0];
    const packed: Packed = JSON.parse(
      page?.toString('utf8', this.#places[3 * index + 1], this.#places[3 * index + 2]) ?? '',
    );
    const [key, variables, expected, tags, group, scorers] = packed;
    return {
      key,
      variables,
      expected,
      tags,
      source: this.#source,
      ...(group !== null && { group }),
      ...(scorers.length > 0 && { scorers }),
    };
  }

  *contents(): Generator<CaseContent> {
    for (let index = 0; index < this.length; index++) yield this.content(index);
  }

  *[Symbol.iterator](): Generator<LocatedCase> {
    for (let index = 0; index < this.length; index++) yield { line: this.line(index), content: this.content(index) };
  }
}
