import type { Answer } from '../../../../server/http/contract/index.ts';
import { transcriptOf } from '../../components/turns.ts';

export type Observation = Answer<'GET /api/projects/:project/observations'>['observations'][number];
export type Monitored = Answer<'GET /api/projects/:project/monitor'>;
export type Bucket = Monitored['buckets'][number];

/** What was given or is expected, as a person reads it: a text as it is, a conversation turn by turn, anything else as JSON. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  const turns = transcriptOf(value);
  return turns === null
    ? JSON.stringify(value, null, 2)
    : turns.map(({ role, content }) => `${role}: ${content}`).join('\n');
}
