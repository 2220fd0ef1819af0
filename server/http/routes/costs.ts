import type { Application } from 'express';
import { invalid } from '../../domain/errors.ts';
import type { ReleaseId, RunId } from '../../domain/ids.ts';
import { estimateTokens } from '../../domain/tokens.ts';
import { type CallSize, planCosts } from '../../services/scope/cost-plan.ts';
import { exportCosts } from '../../services/scope/export-costs.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import type { Received } from '../contract/index.ts';
import { handle, respond } from '../handle.ts';

type Question = Received<'GET /api/costs'>['query'];

export function bindCosts(app: Application, workbench: Workbench): void {
  const plan = async ({ project, cached, batch, calls, per, models, ...size }: Question) =>
    planCosts(
      workbench,
      project === undefined ? null : await findProject(workbench, project),
      { size: sizeOf(size), cachedShare: cached ?? null, batchShare: batch, calls, per, models },
      new Date(),
    );
  handle(app, 'GET /api/costs', ({ query }) => plan(query));
  respond(app, 'GET /api/costs.csv', async ({ query }, _request, response) => {
    response
      .attachment('costs.csv')
      .type('text/csv; charset=utf-8')
      .send(exportCosts(await plan(query)));
  });
  handle(app, 'POST /api/token-estimate', async ({ body }) => ({ tokens: estimateTokens(body.text) }));
}

/** Throws `measured_missing`. */
function sizeOf({
  from,
  in: input,
  out: output,
  run,
  release,
}: Pick<Question, 'from' | 'in' | 'out' | 'run' | 'release'>): CallSize {
  if (from === 'words' || from === 'tokens') return { from, input, output };
  if (from === 'run' && run !== undefined) return { from, run: run as RunId };
  if (from === 'release' && release !== undefined) return { from, release: release as ReleaseId };
  throw invalid('measured_missing', `Say which ${from} the size of a call is taken from: ${from}=NUMBER.`);
}
