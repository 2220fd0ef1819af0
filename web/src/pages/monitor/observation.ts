import type { Answer } from '../../../../server/http/contract/index.ts';

export type Observation = Answer<'GET /api/projects/:project/observations'>['observations'][number];
export type Monitored = Answer<'GET /api/projects/:project/monitor'>;
export type Bucket = Monitored['buckets'][number];

/** What was given or is expected, as a person reads it: a text as it is, anything else as JSON. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);
