/** Why one source could not give the file; the next one is tried. */
export class SourceError extends Error {
  /** What came was not the file that was asked for. */
  readonly wrongDigest: boolean;

  constructor(message: string, { wrongDigest = false, cause }: { wrongDigest?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'SourceError';
    this.wrongDigest = wrongDigest;
  }
}
