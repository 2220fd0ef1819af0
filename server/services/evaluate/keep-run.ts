import { conflict } from '../../domain/errors.ts';
import type { ReleaseId, RunId } from '../../domain/ids.ts';
import { requestState } from '../../domain/release-request.ts';
import type { Run } from '../../domain/run.ts';
import type { GoesWithRun } from '../../storage/kept-run-store.ts';
import type { Workbench } from '../workbench.ts';
import { type RunOverview, runOverview } from './run-overview.ts';

export type RunChange = { note?: string; tags?: string[]; archived?: boolean };

/** A release whose evidence rests on a run, by the name that people know it by. */
export type ReleaseOnRun = { id: ReleaseId; prompt: string; number: number; labels: string[] };
export type RunDependents = GoesWithRun & {
  /** While there is one, the run can't be deleted. */
  releases: ReleaseOnRun[];
};

/** Notes, tags or archives a run; what it is and what it found never changes. */
export async function changeRun(workbench: Workbench, id: RunId, change: RunChange): Promise<RunOverview> {
  const { runs, keptRuns } = workbench.stores;
  await runs.get(id);
  await keptRuns.change(id, change);
  return runOverview(workbench, await runs.get(id));
}

/** What rests on a run, and what would go with it. */
export async function runDependents(workbench: Workbench, id: RunId): Promise<RunDependents> {
  const run = await workbench.stores.runs.get(id);
  return { ...(await workbench.stores.keptRuns.goesWith(id)), releases: await releasesOn(workbench, run) };
}

/** Deletes a run for good. Throws `run_is_evidence` where a release was approved on it, `run_is_requested` where an open request rests on it, and `run_under_way` while it executes. */
export async function deleteRun(workbench: Workbench, id: RunId, author: string): Promise<void> {
  const { runs, keptRuns, releaseRequests } = workbench.stores;
  const run = await runs.get(id);
  const releases = await releasesOn(workbench, run);
  if (releases.length > 0) {
    const names = releases.map(
      ({ prompt, number, labels }) => `${[`${prompt} release ${number}`, ...labels].join(', ')}`,
    );
    throw conflict(
      'run_is_evidence',
      `Run ${id} can't be deleted: it is the evidence of ${names.join('; ')}. Archive it instead, to have it out of the way.`,
      { details: { releases } },
    );
  }
  const open = (await releaseRequests.list(run.projectId)).find(
    (request) => requestState(request) === 'open' && request.evidence.runs.some(({ runId }) => runId === id),
  );
  if (open !== undefined) {
    throw conflict(
      'run_is_requested',
      `Run ${id} can't be deleted: release request ${open.id} rests on it. Decide or withdraw that first.`,
      { details: { request: open.id } },
    );
  }
  const { prompt, version, model, set, setVersion, passRate, n, createdAt } = await runOverview(workbench, run);
  const about = { prompt, version, model, set, setVersion, passRate, n, createdAt };
  const atProvider = (await workbench.stores.batches.open(id)).length > 0;
  const atRest = run.status !== 'running' && !atProvider && (await keptRuns.delete(id, about, author));
  if (!atRest) throw conflict('run_under_way', `Run ${id} is being executed. Cancel it first, then delete it.`);
}

async function releasesOn({ stores }: Workbench, run: Run): Promise<ReleaseOnRun[]> {
  const found: ReleaseOnRun[] = [];
  for (const release of await stores.releases.list(run.projectId)) {
    if (!release.evidence.runs.some(({ runId }) => runId === run.id)) continue;
    const labels = await stores.releases.presentLabels(release.promptId);
    found.push({
      id: release.id,
      number: release.number,
      prompt: (await stores.prompts.get(release.promptId)).slug,
      labels: labels.filter((present) => present.release.id === release.id).map(({ label }) => label),
    });
  }
  return found;
}
