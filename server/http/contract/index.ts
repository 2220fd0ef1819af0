import type { z } from 'zod';
import { alertRoutes } from './alerts.ts';
import { baselineRoutes } from './baseline.ts';
import { batchRoutes } from './batches.ts';
import { breakdownRoutes } from './breakdown.ts';
import { chartRoutes } from './chart.ts';
import { commentRoutes } from './comments.ts';
import { comparisonRoutes } from './comparisons.ts';
import { costRoutes } from './costs.ts';
import { evalSetRoutes } from './eval-sets.ts';
import { failedCallRoutes } from './failed-calls.ts';
import { failureRoutes } from './failures.ts';
import { judgeRoutes } from './judges.ts';
import { keptRunRoutes } from './kept-runs.ts';
import { labelAuditRoutes } from './label-audit.ts';
import { matrixRoutes } from './matrix.ts';
import { modelRoutes } from './models.ts';
import { observationRoutes } from './observations.ts';
import { observedCaseRoutes } from './observed-cases.ts';
import { onlineScoringRoutes } from './online-scoring.ts';
import { peopleRoutes } from './people.ts';
import { priceRoutes } from './prices.ts';
import { projectRoutes } from './projects.ts';
import { promptRoutes } from './prompts.ts';
import { redactionRoutes } from './redaction.ts';
import { releaseRoutes } from './releases.ts';
import { repeatRoutes } from './repeats.ts';
import { resultRoutes } from './results.ts';
import type { RouteContract } from './route.ts';
import { runRoutes } from './runs.ts';
import { scoringRoutes } from './scorings.ts';
import { setImportRoutes } from './set-imports.ts';
import { setPowerRoutes } from './set-power.ts';
import { setVersionRoutes } from './set-versions.ts';
import { startRoutes } from './start.ts';
import { traceRoutes } from './traces.ts';

/** Every operation of the HTTP interface, by method and path. */
export const contract = {
  ...projectRoutes,
  ...startRoutes,
  ...promptRoutes,
  ...evalSetRoutes,
  ...setImportRoutes,
  ...setPowerRoutes,
  ...setVersionRoutes,
  ...labelAuditRoutes,
  ...runRoutes,
  ...scoringRoutes,
  ...batchRoutes,
  ...resultRoutes,
  ...breakdownRoutes,
  ...repeatRoutes,
  ...failureRoutes,
  ...comparisonRoutes,
  ...commentRoutes,
  ...judgeRoutes,
  ...keptRunRoutes,
  ...chartRoutes,
  ...matrixRoutes,
  ...baselineRoutes,
  ...releaseRoutes,
  ...observationRoutes,
  ...failedCallRoutes,
  ...traceRoutes,
  ...onlineScoringRoutes,
  ...redactionRoutes,
  ...alertRoutes,
  ...observedCaseRoutes,
  ...modelRoutes,
  ...priceRoutes,
  ...costRoutes,
  ...peopleRoutes,
};

export type Contract = typeof contract;
export type RouteKey = keyof Contract;

type Part<
  Route extends RouteContract,
  Name extends 'params' | 'query' | 'body',
  Side extends 'in' | 'out',
> = Route extends {
  [Key in Name]: infer Schema extends z.ZodType;
}
  ? Side extends 'in'
    ? z.input<Schema>
    : z.output<Schema>
  : undefined;

/** What a handler gets: parsed, with defaults filled in. */
export type Received<Key extends RouteKey> = {
  params: Part<Contract[Key], 'params', 'out'>;
  query: Part<Contract[Key], 'query', 'out'>;
  body: Part<Contract[Key], 'body', 'out'>;
};
/** What a client sends. */
export type SentBody<Key extends RouteKey> = Part<Contract[Key], 'body', 'in'>;
export type SentQuery<Key extends RouteKey> = Part<Contract[Key], 'query', 'in'>;
/** What comes back as JSON. */
export type Answer<Key extends RouteKey> = Contract[Key]['response'] extends infer Schema extends z.ZodType
  ? z.output<Schema>
  : never;

/** What a watched run sends. */
export type { RunEvent } from '../../domain/run-event.ts';

/** The one shape of every error. */
export type ErrorAnswer = { error: { code: string; message: string; details: Record<string, unknown> } };
