import { parentPort, workerData } from 'node:worker_threads';
import type { AuditCase, AuditRun } from '../../domain/audit/audit-sources.ts';
import { auditLabels } from '../../domain/audit/label-audit.ts';
import type { CasePrediction } from '../../domain/baseline/trained-baseline.ts';

/** What is handed to the worker. */
export type AuditData = {
  cases: readonly AuditCase[];
  predictions: readonly CasePrediction[];
  runs: readonly AuditRun[];
};

const { cases, predictions, runs }: AuditData = workerData;
parentPort?.postMessage(auditLabels(cases, predictions, runs));
