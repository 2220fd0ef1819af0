import type { Generated } from 'kysely';
import type { Fixed, Instant, Json } from './schema.ts';

/** Rules that watch production, what became of them, and where that is told. */
export type AlertTables = {
  alertRule: {
    id: Generated<number>;
    projectId: Fixed<number>;
    condition: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    removedAt: Instant | null;
  };
  /** What a rule asks from then on. */
  alertRuleChange: {
    id: Generated<number>;
    ruleId: Fixed<number>;
    condition: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  alertEvent: {
    id: Generated<number>;
    ruleId: Fixed<number>;
    /** The event of the same rule before it. */
    follows: Fixed<number | null>;
    kind: Fixed<string>;
    /** What the rule asked then; null where that was what it asked first. */
    changeId: Fixed<number | null>;
    evidence: Fixed<Json | null>;
    note: Fixed<string>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  alertWebhook: {
    projectId: number;
    url: string | null;
    urlVariable: string | null;
    authorizationVariable: string | null;
    signingVariable: string | null;
    author: string;
    createdAt: Instant;
  };
  /** One attempt to tell something; without an event it was a test. */
  alertDelivery: {
    id: Generated<number>;
    projectId: Fixed<number>;
    eventId: Fixed<number | null>;
    message: Fixed<string>;
    attempt: Fixed<number>;
    status: string;
    httpStatus: number | null;
    problem: Json | null;
    startedAt: Fixed<Instant>;
    endedAt: Instant | null;
  };
};
