import type { Application } from 'express';
import type { RunId } from '../../domain/ids.ts';
import { casesOfSeveral, compareSeveral } from '../../services/evaluate/compare-several.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindComparisons(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/comparisons', ({ query }) => compareSeveral(workbench, query.runs as RunId[], query.split));
  handle(app, 'GET /api/comparisons/cases', ({ query: { runs, ...wanted } }) =>
    casesOfSeveral(workbench, runs as RunId[], wanted),
  );
}
