import type { AlertEventId, AlertRuleChangeId, AlertRuleId, ProjectId, PromptId, ReleaseId } from './ids.ts';
import type { Interval } from './statistics/interval.ts';

export const budgetPeriods = ['day', 'month'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** When to raise an alert. */
export type AlertCondition =
  /** What `production` of the prompt points to passes the online scorers, gets a thumbs-up, is answered or answers in time clearly less often than `threshold`, 0..1. Of latency, `maxMs` is the p95 that holds: 95 % of calls must be within it. */
  | ({ kind: 'share'; promptId: PromptId; windowDays: number; threshold: number } & (
      | { measure: 'scores' | 'feedback' | 'answered' }
      | { measure: 'latency'; maxMs: number }
    ))
  /** Calls were reported, or something was released, and then nothing for so long. */
  | { kind: 'silence'; hours: number }
  /** Calls of the calendar day or month (UTC) cost more, or will if it goes on like this. */
  | { kind: 'budget'; period: BudgetPeriod; maxUsd: number };

/** Kept when it is removed: its history stays. */
export type AlertRule = {
  id: AlertRuleId;
  projectId: ProjectId;
  /** The last change, which made the condition what it is; null where it is as it was first asked. */
  changeId: AlertRuleChangeId | null;
  condition: AlertCondition;
  author: string;
  createdAt: string;
  removedAt: string | null;
};

/** A change of a rule; earlier ones stay. */
export type AlertRuleChange = {
  id: AlertRuleChangeId;
  ruleId: AlertRuleId;
  before: AlertCondition;
  condition: AlertCondition;
  author: string;
  createdAt: string;
};

/** What a condition watches, whatever its limits: a rule can be given other limits, and stays the same rule. */
export function watchedBy(condition: AlertCondition): string {
  switch (condition.kind) {
    case 'share':
      return `${condition.kind} ${condition.measure} ${condition.promptId}`;
    case 'budget':
      return `${condition.kind} ${condition.period}`;
    case 'silence':
      return condition.kind;
  }
}

/** Calls of a stretch of time, and how many of them passed. */
export type Counted = { since: string; passed: number; n: number };

/** What a rule was held against. */
export type AlertEvidence =
  | ({ kind: 'share'; releaseId: ReleaseId; rate: number | null; interval: Interval; threshold: number } & Counted)
  | { kind: 'silence'; lastAt: string | null; hours: number }
  | {
      kind: 'budget';
      since: string;
      spentUsd: number;
      forecastUsd: number;
      maxUsd: number;
      calls: number;
      /** Calls whose cost is known. */
      priced: number;
    };

export const alertEventKinds = ['fired', 'acknowledged', 'resolved'] as const;
/** What became of a rule; events are only ever added. */
export type AlertEvent = {
  id: AlertEventId;
  ruleId: AlertRuleId;
  /** What its rule asked: its last change by then. */
  changeId: AlertRuleChangeId | null;
  kind: (typeof alertEventKinds)[number];
  /** What it was seen by; null where a person acknowledged. */
  evidence: AlertEvidence | null;
  note: string;
  author: string;
  createdAt: string;
};

export type AlertState = 'ok' | 'firing' | 'acknowledged';

/** How a rule stands after the newest of its events. */
export function alertState(last: Pick<AlertEvent, 'kind'> | null): AlertState {
  if (last === null || last.kind === 'resolved') return 'ok';
  return last.kind === 'fired' ? 'firing' : 'acknowledged';
}
