import type { ModelFacts } from './model.ts';

/** By the number of parameters: it says what a model may need and roughly what to expect of it. */
export const sizeClasses = ['under_1b', '1b_to_10b', '10b_to_100b', 'over_100b'] as const;
export type SizeClass = (typeof sizeClasses)[number];

/** The class of a model with so many parameters; a bound belongs to the class above it. */
export function sizeClassOf(parameters: number | null): SizeClass | null {
  if (parameters === null) return null;
  if (parameters < 1e9) return 'under_1b';
  if (parameters < 10e9) return '1b_to_10b';
  return parameters < 100e9 ? '10b_to_100b' : 'over_100b';
}

const units = { m: 1e6, b: 1e9, t: 1e12 } as const;
/**
 * A size stands alone between marks: `:7b`, `-135M`, `_1.5b`, `8x7b`. So `q4`, `8bit`, `128k` and the active part of `30b-a3b` are none, and neither is
 * the `1m` of a context, because nobody names a model after so few millions.
 */
const size = /(?:^|[-:_/ ])(?:(\d{1,3})x)?(\d{1,4}(?:\.\d+)?)(b|t|(?<=\d{2})m)(?=$|[-:_/. ])/i;

/** The parameters that a name states; of a mixture of experts all of them, which parts that the experts share make an upper bound. */
export function parametersInName(name: string): number | null {
  const [, experts = '1', count, unit = ''] = size.exec(name) ?? [];
  if (count === undefined) return null;
  const factor = { ...units }[unit.toLowerCase()] ?? Number.NaN;
  return Math.round(Number(experts) * Number(count) * factor);
}

/** What is known of all models whose name matches: `*` stands for anything. */
export type ModelFamily = Partial<ModelFacts> & {
  names: readonly string[];
  /** Only names that state their size: what its maker serves under other names need not be published. */
  sized?: boolean;
};
export type ModelFactTable = { date: string; source: string; families: readonly ModelFamily[] };

/** What a model's name gives away. Connections put makers and folders before it: what follows the last slash counts. */
export function factsByName(table: ModelFactTable, reference: string): ModelFacts {
  const name = reference.slice(reference.lastIndexOf('/') + 1).toLowerCase();
  const stated = parametersInName(name);
  const family = table.families.find(
    ({ names, sized = false }) => (stated !== null || !sized) && names.some((pattern) => matches(pattern, name)),
  );
  const { weights = null, licence = null, parameters = stated, contextTokens = null } = family ?? {};
  return { weights, licence, parameters, contextTokens };
}

/** Whether a name is made of the pattern's parts in their order, with anything where a `*` stands. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map(RegExp.escape);
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** How fast a model has answered the calls of runs; several may have been under way at a time. */
export type ModelSpeed = { calls: number; latencyP50Ms: number; outputTokensPerSecond: number };
