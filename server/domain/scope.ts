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

/** A scope as it was saved: each is kept. */
export type ScopeVersion = { id: ScopeId; number: number; scope: Scope; author: string; createdAt: string };
