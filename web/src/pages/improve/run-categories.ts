import type { Answer } from '../../../../server/http/contract/index.ts';

export type RunCategories = Answer<'GET /api/runs/:run/categories'>;
