/** What the application should do, for whom, and what counts as success. */
export type Scope = {
  problem: string;
  users: string;
  inputs: string;
  outputs: string;
  /** Share of holdout cases that must pass, 0..1. */
  targetPassRate: number | null;
  maxCostUsdPer1000Calls: number | null;
  maxLatencyP95Ms: number | null;
  /** When false, only models on loopback or in this process may run. */
  dataMayLeave: boolean;
};

/** `null` where the scope was never written. */
export type ProjectScope = Scope | null;
