import { type Kind, same } from './request-kinds.ts';
import type { Seeded } from './seed.ts';

const CHART_MS = 100;

/** What the page of a project asks that has 1,000 runs. */
export const chartKinds = ({ manyRuns }: Seeded): Kind[] => [
  same('chart of the project', `/api/projects/${manyRuns}/chart`, CHART_MS),
  same('list of its runs', `/api/projects/${manyRuns}/runs`),
];
