import type { BatchId, RunId } from './ids.ts';

/** `submitting`: on its way to the provider, which may have it already. The others are the provider's own words. */
export const batchStatuses = [
  'submitting',
  'validating',
  'in_progress',
  'finalizing',
  'completed',
  'failed',
  'expired',
  'cancelling',
  'cancelled',
] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** Requests of a run that the provider answers in its own time, at a lower price. */
export type Batch = {
  id: BatchId;
  runId: RunId;
  /** Counts the batches of its run from 1. */
  number: number;
  /** Which try at its cases it is, from 1. */
  round: number;
  /** Sent with it, so that it is found again at the provider after a crash between sending it and storing its id. */
  marker: string;
  providerId: string | null;
  status: BatchStatus;
  requests: number;
  completed: number;
  failed: number;
  /** What it may cost; null where its model has no price. */
  estimatedUsd: number | null;
  /** Settings that were not sent, because the model refuses them. */
  leftOut: readonly string[];
  /** Where its run goes once it is cancelled; null where nobody asked for that. */
  ending: 'paused' | 'cancelled' | null;
  /** Why it failed as a whole; empty where it did not. */
  reason: string;
  createdAt: string;
  /** When the provider gives it up; null until it says. */
  expiresAt: string | null;
  /** When all its answers were stored; null before. */
  settledAt: string | null;
};

/** Batches that are answered or given up need no more looking after. */
export const isEnded = (status: BatchStatus): boolean =>
  status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled';

const firstPollMs = 500;
const mostPollMs = 60_000;

/** How long to wait before a batch is looked at again: it takes minutes to hours, but a small one may be done at once. */
export const pollMs = (looked: number): number => Math.min(mostPollMs, firstPollMs * 1.5 ** looked);
