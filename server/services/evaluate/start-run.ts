import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { Run } from '../../domain/run.ts';
import type { Workbench } from '../workbench.ts';
import { planResolvedRun } from './plan-run.ts';
import { type RunRequest, resolveRun } from './run-request.ts';

/** Freezes the plan of a run and stores it, queued. Throws `run_impossible` when no case could be asked. */
export async function createRun(workbench: Workbench, project: Project, request: RunRequest): Promise<Run> {
  const resolved = await resolveRun(workbench, project, request);
  const { cases, calls, problems } = await planResolvedRun(workbench, resolved);
  if (calls === 0) throw invalid('run_impossible', problems[0]?.message ?? 'There is nothing to run.');
  const { version, setVersion, provider, settings, scorers } = resolved;
  return workbench.stores.runs.create({
    projectId: project.id,
    promptVersionId: version.id,
    evalSetVersionId: setVersion.id,
    model: request.model,
    standIn: provider.standIn,
    parameters: version.content.parameters,
    scorers,
    settings,
    total: cases * settings.repeats,
    note: request.note ?? '',
    codeVersion: workbench.codeVersion,
  });
}

/** Creates a run and starts it in this process; returns as soon as it runs. */
export async function startRun(workbench: Workbench, project: Project, request: RunRequest): Promise<Run> {
  const run = await createRun(workbench, project, request);
  await workbench.runner.start(run.id);
  return workbench.stores.runs.get(run.id);
}
