import type { Application } from 'express';
import type { RunId } from '../../domain/ids.ts';
import { batchMode, runBatches } from '../../services/evaluate/batch-mode.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindBatches(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/runs/:run/batches', async ({ params }) => ({
    batches: await runBatches(workbench, params.run as RunId),
  }));
  handle(app, 'GET /api/batch-mode', ({ query }) => batchMode(workbench, query.model));
}
