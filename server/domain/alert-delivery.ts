import type { AlertDeliveryId, AlertEventId, ProjectId } from './ids.ts';

/** Where a project's alerts are told. What is secret stands in the environment, under these names. */
export type AlertWebhook = {
  projectId: ProjectId;
  /** As typed; null where a variable holds it, as with an address that is a secret by itself. */
  url: string | null;
  urlVariable: string | null;
  /** Variable with what is sent as `Authorization`. */
  authorizationVariable: string | null;
  /** Variable with the key that messages are signed with. */
  signingVariable: string | null;
  author: string;
  createdAt: string;
};

/** Why a message did not arrive: by its code and values in the pages' languages, the sentence in English. */
export type DeliveryProblem = { code: string; message: string; values: Readonly<Record<string, string | number>> };

/** One attempt to tell something. */
export type AlertDelivery = {
  id: AlertDeliveryId;
  projectId: ProjectId;
  /** Null for a test. */
  eventId: AlertEventId | null;
  /** The same for each attempt, so that a receiver can tell that it knows it. */
  message: string;
  attempt: number;
  status: 'sending' | 'delivered' | 'failed';
  httpStatus: number | null;
  problem: DeliveryProblem | null;
  startedAt: string;
  endedAt: string | null;
};

/** Attempts that a message is worth: the last one an hour after the first. */
export const mostAttempts = 8;
/** After so long without an end, the process that was sending is taken for dead. */
const sendingMs = 60_000;

/** Whether the next attempt is due after the newest one: after half a minute, then twice as long each time. */
export function isDue(last: Pick<AlertDelivery, 'attempt' | 'status' | 'startedAt'> | null, now: Date): boolean {
  if (last === null) return true;
  if (last.status === 'delivered' || last.attempt >= mostAttempts) return false;
  const wait = last.status === 'sending' ? sendingMs : 30_000 * 2 ** (last.attempt - 1);
  return now.getTime() - Date.parse(last.startedAt) >= wait;
}

/** Whether a message will not be tried again: what happened after it need not wait for it. */
export function isGivenUp(last: Pick<AlertDelivery, 'attempt' | 'status' | 'startedAt'> | null, now: Date): boolean {
  if (last === null || last.attempt < mostAttempts || last.status === 'delivered') return false;
  return last.status === 'failed' || now.getTime() - Date.parse(last.startedAt) >= sendingMs;
}
