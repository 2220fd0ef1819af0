import {
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import type { CompleteCall, WorkerAnswer } from '../protocol.ts';
import { settledLabel } from './answer-grammar.ts';

type Generation = {
  call: Pick<CompleteCall, 'parameters' | 'responseFormat'>;
  tokens: Token[];
  grammar: LlamaGrammar | null;
  mostTokens: number;
  /** Tokens of the prompt that are read between two looks at whether the call was cancelled. */
  tokensAtOnce: () => number;
  signal: AbortSignal;
  onText: ((text: string) => void) | null;
};

/** Reads the prompt, from where the sequence knows it already, and writes the answer. Rejects with the signal's reason when aborted. */
export async function generate(sequence: LlamaContextSequence, generation: Generation): Promise<WorkerAnswer> {
  const { tokens } = generation;
  const known = await eraseToShared(sequence, tokens);
  const last = await readPrompt(sequence, tokens.slice(known), generation);
  const writer = new AnswerWriter(sequence.model, generation);
  const finishReason = await write(sequence, last, writer, generation);
  return {
    output: writer.text,
    finishReason,
    inputTokens: tokens.length,
    outputTokens: writer.tokens.length,
    cachedInputTokens: known,
    confidence: generation.call.responseFormat.type === 'labels' ? writer.probability : null,
  };
}

/** Leaves in the sequence what the prompt begins with, but for its last token, which has to be read for an answer; gives its length. */
async function eraseToShared(sequence: LlamaContextSequence, tokens: Token[]): Promise<number> {
  const { firstDifferentIndex } = sequence.compareContextTokens(tokens);
  const shared = Math.min(firstDifferentIndex, tokens.length - 1);
  if (sequence.nextTokenIndex > shared) {
    await sequence.eraseContextTokenRanges([{ start: shared, end: sequence.nextTokenIndex }]);
  }
  // Some models can't go back to any place: what is left then is what is known.
  return sequence.nextTokenIndex;
}

/** Reads all but the last piece, which it gives back for the answer to begin with. */
async function readPrompt(
  sequence: LlamaContextSequence,
  tokens: Token[],
  { tokensAtOnce, signal }: Pick<Generation, 'tokensAtOnce' | 'signal'>,
): Promise<Token[]> {
  let rest = tokens;
  for (;;) {
    signal.throwIfAborted();
    const count = tokensAtOnce();
    if (rest.length <= count) return rest;
    await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(0, count));
    rest = rest.slice(count);
  }
}

async function write(
  sequence: LlamaContextSequence,
  prompt: Token[],
  writer: AnswerWriter,
  generation: Generation,
): Promise<WorkerAnswer['finishReason']> {
  for await (const { token, confidence } of answerTokens(sequence, prompt, generation)) {
    generation.signal.throwIfAborted();
    if (writer.add(token, confidence)) return 'stop';
    if (writer.tokens.length >= generation.mostTokens) return 'length';
  }
  writer.end();
  return 'stop';
}

/** The tokens of the answer; the probability of each costs time, and only a label's is asked for. */
async function* answerTokens(
  sequence: LlamaContextSequence,
  prompt: Token[],
  { call, grammar }: Generation,
): AsyncGenerator<{ token: Token; confidence: number }> {
  const { temperature = 0, topP = 1, seed } = call.parameters;
  const { model } = sequence;
  const options = {
    temperature,
    topP,
    // All tokens take part: the library's own default of 40 would cut what a temperature above 0 may choose.
    topK: 0,
    ...(seed === undefined ? {} : { seed }),
    ...(grammar === null ? {} : { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) }),
  };
  if (call.responseFormat.type === 'labels') {
    yield* sequence.evaluateWithMetadata(prompt, { confidence: true }, options);
    return;
  }
  for await (const token of sequence.evaluate(prompt, options)) yield { token, confidence: 1 };
}

/** The answer as it grows. */
class AnswerWriter {
  readonly tokens: Token[] = [];
  /** Of all tokens so far, among those that the grammar allowed at each. */
  probability = 1;
  text = '';
  readonly #model: LlamaModel;
  readonly #labels: readonly string[] | null;
  readonly #stop: readonly string[];
  readonly #onText: ((text: string) => void) | null;
  #sent = 0;

  constructor(model: LlamaModel, { call, onText }: Generation) {
    this.#model = model;
    this.#labels = call.responseFormat.type === 'labels' ? call.responseFormat.labels : null;
    this.#stop = call.parameters.stop ?? [];
    this.#onText = onText;
  }

  /** True when the answer is complete. */
  add(token: Token, probability: number): boolean {
    this.tokens.push(token);
    this.probability *= probability;
    const written = this.#model.detokenize(this.tokens).trimStart();
    if (this.#labels !== null) return this.#addLabel(this.#labels, written);
    const end = this.#stop.map((stop) => written.indexOf(stop)).filter((index) => index >= 0);
    this.text = end.length > 0 ? written.slice(0, Math.min(...end)) : written;
    this.#send(end.length > 0 ? 0 : this.#heldBack());
    return end.length > 0;
  }

  /** The model said that it has ended. */
  end(): void {
    this.#send(0);
  }

  /** What remains of a label is no longer a choice once only one is possible. */
  #addLabel(labels: readonly string[], written: string): boolean {
    const label = settledLabel(labels, written);
    this.text = label ?? written;
    if (label === null) return false;
    this.#send(0);
    return true;
  }

  /** Length of an end that may still change: half a character, or the beginning of a stop sequence. */
  #heldBack(): number {
    const { text } = this;
    if (text.endsWith('\uFFFD')) return text.length - text.replace(/\uFFFD+$/u, '').length;
    const longest = Math.max(0, ...this.#stop.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
      if (this.#stop.some((stop) => stop.startsWith(text.slice(-length)))) return length;
    }
    return 0;
  }

  #send(held: number): void {
    const end = this.text.length - held;
    if (this.#onText === null || end <= this.#sent) return;
    this.#onText(this.text.slice(this.#sent, end));
    this.#sent = end;
  }
}
