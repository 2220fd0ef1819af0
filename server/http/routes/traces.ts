import type { Application } from 'express';
import { dayMs } from '../../domain/durations.ts';
import { listTraces, showSpan, showTrace, traceSummary } from '../../services/monitor/list-traces.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindTraces(app: Application, workbench: Workbench): void {
  const find = (params: { project: string }) => findProject(workbench, params.project);
  handle(app, 'GET /api/projects/:project/traces', async ({ params, query: { errors, ...filter } }) => ({
    traces: await listTraces(workbench, await find(params), { ...filter, errors: errors === 'true' }),
  }));
  handle(app, 'GET /api/projects/:project/trace-summary', async ({ params }) =>
    traceSummary(workbench, await find(params)),
  );
  handle(app, 'GET /api/projects/:project/traces/:trace', async ({ params }) =>
    showTrace(workbench, await find(params), params.trace),
  );
  handle(app, 'GET /api/projects/:project/traces/:trace/spans/:span', async ({ params }) =>
    showSpan(workbench, await find(params), { traceId: params.trace, spanId: params.span }),
  );
  handle(app, 'POST /api/projects/:project/traces/delete', async ({ params, body }) => {
    const { id } = await find(params);
    return { deleted: await workbench.stores.traces.deleteBefore(Date.now() - body.olderThanDays * dayMs, id) };
  });
}
