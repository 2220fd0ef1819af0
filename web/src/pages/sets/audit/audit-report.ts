import type { Answer } from '../../../../../server/http/contract/index.ts';

export type Audit = Answer<'GET /api/projects/:project/sets/:set/audit'>;
export type Suspect = Audit['suspects'][number];
export type Evidence = Suspect['evidence'][number];
