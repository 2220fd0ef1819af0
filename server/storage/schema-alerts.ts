import type { Generated } from 'kysely';
import type { AlertDeliveryId, AlertEventId, AlertRuleChangeId, AlertRuleId, ProjectId } from '../domain/ids.ts';
import type { Fixed, Instant, Json } from './column.ts';

/** Rules that watch production, what became of them, and where that is told. */
export type AlertTables = {
  alertRule: {
    id: Generated<AlertRuleId>;
    projectId: Fixed<ProjectId>;
    condition: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    removedAt: Instant | null;
  };
  /** What a rule asks from then on. */
  alertRuleChange: {
    id: Generated<AlertRuleChangeId>;
    ruleId: Fixed<AlertRuleId>;
    condition: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  alertEvent: {
    id: Generated<AlertEventId>;
    ruleId: Fixed<AlertRuleId>;
    /** The event of the same rule before it. */
    follows: Fixed<number | null>;
    kind: Fixed<string>;
    /** What the rule asked then; null where that was what it asked first. */
    changeId: Fixed<AlertRuleChangeId | null>;
    evidence: Fixed<Json | null>;
    note: Fixed<string>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  alertWebhook: {
    projectId: ProjectId;
    url: string | null;
    urlVariable: string | null;
    authorizationVariable: string | null;
    signingVariable: string | null;
    author: string;
    createdAt: Instant;
  };
  /** One attempt to tell something; without an event it was a test. */
  alertDelivery: {
    id: Generated<AlertDeliveryId>;
    projectId: Fixed<ProjectId>;
    eventId: Fixed<AlertEventId | null>;
    message: Fixed<string>;
    attempt: Fixed<number>;
    status: string;
    httpStatus: number | null;
    problem: Json | null;
    startedAt: Fixed<Instant>;
    endedAt: Instant | null;
  };
};
