/** Sizes that decide what a model takes in memory, from the header of its file. Bytes. */
export type ModelShape = {
  fileBytes: number;
  /** Keys and values of one token in all layers. */
  bytesPerToken: number;
  contextTokens: number;
  /** Tokens that the model knows. */
  vocabulary: number;
};

/** How a model is loaded: as many cases at once as `sequences`, each with a context of its own. */
export type LoadPlan = { sequences: number; contextTokens: number; memoryBytes: number };

/** Longest prompt and answer together of the cases that run side by side; a longer one is answered alone in the model's whole context. */
const tokensSideBySide = 2048;
const mostSequences = 8;
/** Node, the library and the buffers of a computation. */
const overheadBytes = 260e6;
/** Weights are mapped from the file and most are laid out once more for the processor. */
const weightCopies = 2.1;
/** Tables of the tokens, and what choosing among them with a grammar takes in all sequences at once (measured: 3,300). */
const bytesPerKnownToken = 3500;

export const bytesFor = (shape: ModelShape, context: { sequences: number; contextTokens: number }): number =>
  Math.round(
    shape.fileBytes * weightCopies +
      shape.bytesPerToken * context.sequences * context.contextTokens +
      shape.vocabulary * bytesPerKnownToken +
      overheadBytes,
  );

/** The widest plan that fits into what is free; the narrowest one where none does, so that its need can be stated. */
export function planLoad(shape: ModelShape, availableBytes: number): LoadPlan & { fits: boolean } {
  const contextTokens = Math.min(tokensSideBySide, shape.contextTokens);
  const plans = [mostSequences, mostSequences / 2, 1].map((sequences) => {
    const memoryBytes = bytesFor(shape, { sequences, contextTokens });
    return { sequences, contextTokens, memoryBytes, fits: memoryBytes <= availableBytes };
  });
  const [widest] = plans;
  const narrowest = plans.at(-1);
  if (widest === undefined || narrowest === undefined) throw new Error('there is always a plan');
  return plans.find(({ fits }) => fits) ?? narrowest;
}

export const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
