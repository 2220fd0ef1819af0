import type { JsonValue } from '../../domain/json.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';

/** https://www.promptfoo.dev/docs/configuration/expected-outputs; `javascript` has the output as a text. */
export type Assertion =
  | { type: 'javascript'; value: string; weight?: number; metric?: string }
  | { type: 'latency' | 'not-latency'; threshold: number; weight?: number; metric?: string };

/** A text in JavaScript without a brace, which Nunjucks could take for a tag. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('{', String.raw`\u007b`);

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
const foldedOutput = String.raw`output.normalize("NFKC").toLowerCase().replace(/\s+/g, " ")`;

const asText = (expected: JsonValue): string | null =>
  expected === null || typeof expected === 'string' ? expected : JSON.stringify(expected);

type Sought = { args: string; expected: JsonValue };
const sought = ({ args, expected }: Sought): string | null => args.trim() || asText(expected)?.trim() || null;

/** What a scorer asks, as a JavaScript condition; `whole` ones have no answer in an empty output, also where they are turned round. */
type Condition = { code: string; whole: boolean };
const conditions: Readonly<Record<string, (sought: Sought) => Condition | null>> = {
  exact: ({ expected }) => {
    const text = asText(expected)?.trim();
    return text === undefined ? null : { code: `output.trim() === ${quoted(text)}`, whole: text !== '' };
  },
  'starts-with': (given) => onText(given, (text) => `output.trim().startsWith(${text})`),
  'ends-with': (given) => onText(given, (text) => `output.trim().endsWith(${text})`),
  contains: (given) => {
    const text = sought(given);
    return text === null ? null : { code: `${foldedOutput}.includes(${quoted(folded(text))})`, whole: false };
  },
};

function onText(given: Sought, code: (text: string) => string): Condition | null {
  const text = sought(given);
  return text === null ? null : { code: code(quoted(text)), whole: true };
}

/** The assertion that passes where the scorer does; null where promptfoo has none that is the same. */
export function assertionOf(spec: ScorerSpec, expected: JsonValue): Assertion | null {
  const about = {
    ...(spec.weight !== 1 && { weight: spec.weight }),
    ...(spec.metric !== undefined && { metric: spec.metric }),
  };
  if (spec.name === 'latency') {
    const [, number, unit] = /^([\d.]+)\s*(ms|s)?$/.exec(spec.args.trim()) ?? [];
    const threshold = Number(number) * (unit === 's' ? 1000 : 1);
    return Number.isNaN(threshold) ? null : { type: spec.negate ? 'not-latency' : 'latency', threshold, ...about };
  }
  const condition = conditions[spec.name]?.({ args: spec.args, expected }) ?? null;
  if (condition === null) return null;
  const { code, whole } = condition;
  const turned = spec.negate ? `${whole ? 'output.trim() !== "" && ' : ''}!(${code})` : code;
  return { type: 'javascript', value: turned, ...about };
}

const known = [...Object.keys(conditions), 'latency'];

/** The scorers of which promptfoo has no exact counterpart, as they are typed. */
export const withoutCounterpart = (specs: readonly ScorerSpec[]): string[] =>
  specs.filter(({ name }) => !known.includes(name)).map(formatScorerSpec);
