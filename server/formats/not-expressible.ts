import { invalid, type WhetstoneError } from '../domain/errors.ts';

/** What another format can't say; thrown with its line within the message. */
export class NotExpressible extends Error {
  readonly line: number;

  constructor(line: number, what: string) {
    super(what);
    this.line = line;
  }
}

/** Translates each message; what can't be is refused with the code, the message and the line. */
export function translated<Item, Result>(
  messages: readonly Item[],
  { code, format }: { code: string; format: string },
  translate: (message: Item) => Result,
): Result[] {
  return messages.map((message, index) => {
    try {
      return translate(message);
    } catch (error) {
      if (error instanceof NotExpressible) throw refusal(code, format, index, error);
      throw error;
    }
  });
}

const refusal = (code: string, format: string, index: number, { line, message }: NotExpressible): WhetstoneError =>
  invalid(
    code,
    `Message ${index + 1}, line ${line}, has ${message}, which ${format} can't say alike. Reword it, or export as prompt.yml.`,
    { details: { message: index, line } },
  );
