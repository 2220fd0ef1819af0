import { contentHash } from '../../../server/domain/content-hash.ts';
import { isJsonObject, type JsonObject } from '../../../server/domain/json.ts';
import type { Message, ResponseFormat } from '../../../server/domain/prompt.ts';
import {
  type JudgePrompt,
  type JudgeText,
  type ScoredOutput,
  type ScorerTools,
  ScoringError,
} from '../../../server/domain/scorer.ts';
import { type CompiledPrompt, compilePrompt } from '../../../server/domain/template.ts';
import { findJson } from './find-json.ts';
import { quote } from './score.ts';

/** What a judge said: its answer as JSON, what asking cost, and which judge it was. */
export type JudgeReply = { verdict: JsonObject; costUsd: number | null; judge: string };

/**
 * Asks with one judge prompt, which is read at the first call. `about` is what makes this judge another one beside its model and its prompt, such as the
 * criterion it judges by. `read` takes what was asked for out of the verdict. Throws `ScoringError`: a reply without a verdict says nothing of the answer that was
 * judged, and is asked for anew the next time.
 */
export function judgeWith(tools: ScorerTools, reference: string, about: string) {
  let ready: Promise<{ prompt: JudgePrompt; compiled: CompiledPrompt; judge: string }> | undefined;
  const prepare = async () => {
    const prompt = await tools.judgePrompt(reference);
    const judge = contentHash({ model: tools.judgeModel(), prompt: prompt.content, about }).slice(0, 16);
    return { prompt, compiled: compilePrompt(prompt.content), judge };
  };
  return async <Said>(
    variables: JsonObject,
    read: (reply: JudgeReply) => Said,
    signal: AbortSignal,
  ): Promise<JudgeReply & { said: Said }> => {
    ready ??= prepare();
    const { prompt, compiled, judge } = await ready;
    const { responseFormat, parameters } = prompt.content;
    const messages = compiled.render({ ...variables, mark: markFor(variables) });
    return tools.askJudge(
      { messages, responseFormat, parameters },
      (text) => {
        const reply = { verdict: verdictIn(text, responseFormat), costUsd: text.costUsd, judge };
        return { ...reply, said: read(reply) };
      },
      signal,
    );
  };
}

function verdictIn({ output, costUsd }: JudgeText, { type }: ResponseFormat): JsonObject {
  const json = findJson(output);
  if (json.found && isJsonObject(json.value)) return json.value;
  if (type !== 'json') return { verdict: output.trim() };
  throw unreadable(output, costUsd);
}

/**
 * The number that the marks round the texts bear. It follows from the texts, so that equal requests stay equal; and none of them holds it, so that none can close
 * a mark.
 */
export function markFor(variables: JsonObject): string {
  const texts = JSON.stringify(variables);
  for (let round = 0; ; round += 1) {
    const mark = contentHash({ variables, round }).slice(0, 12);
    if (!texts.includes(mark)) return mark;
  }
}

/** One of the words that a verdict may be. Throws `ScoringError`. */
export function verdictOf<Choice extends string>({ verdict, costUsd }: JudgeReply, choices: readonly Choice[]): Choice {
  const given = typeof verdict.verdict === 'string' ? verdict.verdict.trim().toLowerCase() : null;
  const choice = choices.find((one) => one === given);
  if (choice === undefined) throw unreadable(JSON.stringify(verdict), costUsd);
  return choice;
}

export const unreadable = (output: string, costUsd: number | null): ScoringError =>
  new ScoringError('judge_unreadable', `No verdict can be read in what the judge replied: ${quote(output)}.`, {
    costUsd,
  });

/** What the model was asked, as one text: its only message, or a transcript. */
export function questionOf({ messages }: Pick<ScoredOutput, 'messages'>): string {
  const [first] = messages;
  if (messages.length === 1 && first !== undefined) return first.content;
  return messages.map(({ role, content }: Message) => `${role}: ${content}`).join('\n\n');
}

/** The sentence a judge gave as its reason. */
export const reasoningOf = ({ verdict }: JudgeReply): string =>
  typeof verdict.reasoning === 'string' && verdict.reasoning.trim() !== ''
    ? verdict.reasoning.trim()
    : 'The judge gave no reason.';
