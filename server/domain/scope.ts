import { isDeepStrictEqual } from 'node:util';
import type { ScopeId } from './ids.ts';

/** What the application should do, for whom, and what counts as success. */
export type Scope = {
  problem: string;
  users: string;
  inputs: string;
  outputs: string;
  /** What goes in and what should come out, a few of them. */
  examples: readonly { input: string; output: string }[];
  /** What it must never do. */
  mustNever: string;
  /** Whose data it handles, and what may become of it. */
  privacy: string;
  /** Share of holdout cases that must pass, 0..1. */
  targetPassRate: number | null;
  /** Shares of the holdout cases with a tag that must pass, 0..1. */
  minimumsByTag: readonly { tag: string; passRate: number }[];
  maxCostUsdPer1000Calls: number | null;
  maxLatencyP95Ms: number | null;
  /** When false, only models on loopback or in this process may run. */
  dataMayLeave: boolean;
};

/** `null` where the scope was never written. */
export type ProjectScope = Scope | null;

/** What a scope written before these were asked says of them. */
export const notAsked: Pick<Scope, 'examples' | 'mustNever' | 'privacy' | 'minimumsByTag'> = {
  examples: [],
  mustNever: '',
  privacy: '',
  minimumsByTag: [],
};

/** Before anything is written. */
export const emptyScope: Scope = {
  problem: '',
  users: '',
  inputs: '',
  outputs: '',
  ...notAsked,
  targetPassRate: null,
  maxCostUsdPer1000Calls: null,
  maxLatencyP95Ms: null,
  dataMayLeave: false,
};

/** In the order in which they are asked. */
export const scopeFieldNames = [
  'problem',
  'users',
  'inputs',
  'outputs',
  'examples',
  'mustNever',
  'privacy',
  'dataMayLeave',
  'targetPassRate',
  'minimumsByTag',
  'maxCostUsdPer1000Calls',
  'maxLatencyP95Ms',
] as const satisfies (keyof Scope)[];
export type ScopeField = (typeof scopeFieldNames)[number];

/** The fields that say something else in the second one. */
export const changedFields = (before: ProjectScope, after: Scope): ScopeField[] =>
  scopeFieldNames.filter((field) => !isDeepStrictEqual((before ?? emptyScope)[field], after[field]));

/** The first tag that has more than one minimum. */
export const tagNamedTwice = ({ minimumsByTag }: Pick<Scope, 'minimumsByTag'>): string | undefined =>
  minimumsByTag.find(({ tag }, index) => minimumsByTag.findIndex((other) => other.tag === tag) < index)?.tag;

/** A scope as it was saved: each is kept. */
export type ScopeVersion = { id: ScopeId; number: number; scope: Scope; author: string; createdAt: string };
