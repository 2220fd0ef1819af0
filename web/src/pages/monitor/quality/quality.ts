import type { Answer } from '../../../../../server/http/contract/index.ts';

export type Quality = Answer<'GET /api/projects/:project/prompts/:prompt/quality'>;
export type Point = Quality['points'][number];
export type OnlineScoring = Answer<'GET /api/projects/:project/online-scoring'>;
export type ScoredPrompt = OnlineScoring['prompts'][number];
export type Generation = ScoredPrompt['generations'][number];
export type Promised = NonNullable<Answer<'GET /api/projects/:project/prompts/:prompt/promised'>['promised']>;
export type NameOf = (release: number | null) => string;

/** What a generation judges by, in a line. */
export const typedScorers = ({ typed }: Generation): string => typed.join(', ');
