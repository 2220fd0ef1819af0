import { invalid } from '../../../server/domain/errors.ts';
import { isJsonObject, type JsonValue } from '../../../server/domain/json.ts';
import type { Score, ScoredOutput } from '../../../server/domain/scorer.ts';
import { type JudgeReply, unreadable } from './ask-judge.ts';
import { noAnswer, quote } from './score.ts';

/** Lets 0.1 + 0.2 reach 0.3. */
const ROUNDING = 1e-9;
const usualVariables = ['contexts', 'context'];
const mostNamed = 3;

type RetrievalArguments = { variable: string | null; least: number };
type JudgedItem = { text: string; reasoning: string; holds: boolean };

/** `[VARIABLE][,LEAST]`, in any order: the variable that holds the context, and the least value that passes. Throws `scorer_argument_invalid`. */
export function readRetrievalArguments(name: string, args: string): RetrievalArguments {
  const read: RetrievalArguments = { variable: null, least: 1 };
  for (const part of args.split(',').map((text) => text.trim())) {
    if (part === '') continue;
    if (!/^[-+.\d]/.test(part)) read.variable = part;
    else {
      read.least = Number(part);
      if (!(read.least > 0 && read.least <= 1)) {
        throw invalid(
          'scorer_argument_invalid',
          `"${part}" is not the least value of the scorer ${name}: it lies above 0 and is at most 1, as in ${name}:0.8.`,
        );
      }
    }
  }
  return read;
}

/** The passages that were given to the model: of the named variable, else of `contexts` or `context`; empty where there are none. */
export function contextsOf({ variables }: Pick<ScoredOutput, 'variables'>, variable: string | null): string[] {
  const names = variable === null ? usualVariables : [variable];
  const value = names.map((name) => variables[name]).find((given) => given !== undefined && given !== null);
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(asText).filter((text) => text.trim() !== '');
}

export const contextsMissing = (variable: string | null): Score =>
  noAnswer(`The case has no context: ${variable === null ? 'neither "contexts" nor "context"' : `no "${variable}"`}.`);

const asText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What the judge listed, each with its verdict. Throws `ScoringError`. */
export function itemsOf({ verdict, costUsd }: JudgeReply): JudgedItem[] {
  const { items } = verdict;
  if (!Array.isArray(items)) throw unreadable(JSON.stringify(verdict), costUsd);
  return items.map((item) => {
    const said = isJsonObject(item) ? item.verdict : null;
    if (!isJsonObject(item) || (said !== 'yes' && said !== 'no')) throw unreadable(JSON.stringify(item), costUsd);
    const { text, reasoning } = item;
    return { text: String(text ?? ''), reasoning: String(reasoning ?? ''), holds: said === 'yes' };
  });
}

/** Passes from the least value on, which is the share of what holds unless it is given. */
export function itemScore(reply: JudgeReply, items: readonly JudgedItem[], least: number, value?: number): Score {
  const holding = items.filter(({ holds }) => holds).length;
  const share = value ?? holding / items.length;
  const others = items.filter(({ holds }) => !holds).slice(0, mostNamed);
  const named = others.map(({ text, reasoning }) => ` Not ${quote(text)}: ${reasoning}`);
  return {
    value: share,
    passed: share >= least - ROUNDING,
    answer: `${holding}/${items.length}`,
    explanation: `${holding} of ${items.length}.${named.join('')}`,
    costUsd: reply.costUsd,
    judge: reply.judge,
  };
}
