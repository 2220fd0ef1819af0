import { isEnded } from '../domain/batch.ts';
import type { ShownBatch } from '../services/evaluate/batch-mode.ts';
import { formatCount } from './format.ts';

/** The batches of a run for people, one a line; nothing where it has none. */
export function batchLines(batches: readonly ShownBatch[]): string[] {
  if (batches.length === 0) return [];
  return ['', 'batches', ...batches.map(lineOf)];
}

function lineOf({ number, status, requests, completed, failed, expiresAt, providerId, reason }: ShownBatch): string {
  const until =
    isEnded(status) || expiresAt === null ? [] : [`expires ${expiresAt.slice(0, 16).replace('T', ' ')} UTC`];
  const parts = [
    `${formatCount(completed)} of ${formatCount(requests)} answered`,
    ...(failed === 0 ? [] : [`${formatCount(failed)} not`]),
    ...until,
    ...(providerId === null ? [] : [providerId]),
    ...(reason === '' ? [] : [reason]),
  ];
  return `  ${number}  ${status.replaceAll('_', ' ')}  ${parts.join(', ')}`;
}
