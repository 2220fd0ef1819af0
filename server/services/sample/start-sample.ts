import { errorMessage } from '../../domain/errors.ts';
import type { Run } from '../../domain/run.ts';
import { standardModel } from '../../providers/local/catalogue.ts';
import { createRun } from '../evaluate/start-run.ts';
import type { Workbench } from '../workbench.ts';
import { openSample, sampleAuthor, standIn } from './open-sample.ts';
import { executeWaitingRuns, isWaiting } from './waiting-runs.ts';

const sampleModel = `local/${standardModel}`;

/** Files of the models that run on this machine. */
export type LocalModels = {
  /** Whether the file is there and whole. */
  isReady(name: string): Promise<boolean>;
  /** Fetches the file unless it is there. Throws what keeps it from being fetched, as a sentence for people. */
  fetch(name: string, signal: AbortSignal): Promise<unknown>;
};

type Options = {
  programDirectory: string;
  models: LocalModels;
  /** Whether a model that is not on this machine may be fetched. */
  download: boolean;
  warn: (text: string) => void;
  signal: AbortSignal;
};

/**
 * Opens the sample where there is no project, fetches the model that its runs wait for, and executes every waiting run of a model in this process. Where
 * the model can't be had, the same runs are made on the stand-in. Killed at any instant, the next start goes on from there.
 */
export async function startSample(workbench: Workbench, options: Options): Promise<void> {
  const { models, signal } = options;
  // Where the files can't even be looked at, the fetch says why.
  const isReady = (name: string) => models.isReady(name).catch(() => false);
  const usesModel = options.download || (await isReady(standardModel));
  await openSample(workbench, options.programDirectory, usesModel ? sampleModel : standIn);
  const waiting = await waitingSampleRuns(workbench);
  if (waiting.length === 0) return executeWaitingRuns(workbench, { isReady, signal });

  const fetched = fetchModel(options);
  // What does not wait for the model need not wait for the network.
  if (!(await isReady(standardModel))) await executeWaitingRuns(workbench, { isReady, signal });
  const missing = await fetched;
  if (missing === null) await executeWaitingRuns(workbench, { isReady, signal });
  if (signal.aborted) return;
  const reason = missing ?? (await whyUnusable(workbench, waiting));
  if (reason === null) return;
  const text = `The sample runs on the stand-in ${standIn}, because ${sampleModel} can't be used now: ${reason}`;
  options.warn(text);
  await moveToStandIn(workbench, waiting, text);
  await executeWaitingRuns(workbench, { isReady, signal });
}

/** Null when the model is there, else why it is not. */
async function fetchModel({ models, download, signal }: Options): Promise<string | null> {
  try {
    if (await models.isReady(standardModel)) return null;
    if (!download) return 'its file is not on this machine, and --no-download keeps it from being fetched.';
    await models.fetch(standardModel, signal);
    return null;
  } catch (error) {
    return errorMessage(error);
  }
}

/** Runs that wait, of the versions that came with the sample on its model, oldest first. */
async function waitingSampleRuns({ stores }: Workbench): Promise<Run[]> {
  const found: Run[] = [];
  for (const project of await stores.projects.list()) {
    for (const run of (await stores.runs.list(project.id)).reverse()) {
      if (run.model !== sampleModel || !isWaiting(run)) continue;
      if ((await stores.prompts.getVersion(run.promptVersionId)).author === sampleAuthor) found.push(run);
    }
  }
  return found;
}

const gaveNothing = async ({ stores }: Workbench, run: Run): Promise<boolean> =>
  run.status === 'failed' && (await stores.runs.summary(run.id)).n === 0;

/** Why the model answered nothing although its file is there, such as too little memory; null where it answered. */
async function whyUnusable(workbench: Workbench, runs: readonly Run[]): Promise<string | null> {
  for (const { id } of runs) {
    const run = await workbench.stores.runs.get(id);
    if (await gaveNothing(workbench, run)) return run.statusReason;
  }
  return null;
}

/** Makes on the stand-in each run that the model could not execute, and only then cancels those that wait: nothing is lost or doubled in between. */
async function moveToStandIn(workbench: Workbench, runs: readonly Run[], reason: string): Promise<void> {
  for (const { id } of runs) {
    const run = await workbench.stores.runs.get(id);
    const waits = isWaiting(run);
    if (!waits && !(await gaveNothing(workbench, run))) continue;
    await createOnStandIn(workbench, run);
    if (waits) await workbench.runner.request(id, 'cancel', reason);
  }
}

async function createOnStandIn(workbench: Workbench, run: Run): Promise<void> {
  const { stores } = workbench;
  const { promptVersionId, settings } = run;
  const same = (await stores.runs.list(run.projectId)).some(
    (other) =>
      other.model === standIn && other.promptVersionId === promptVersionId && other.settings.split === settings.split,
  );
  if (same) return;
  const version = await stores.prompts.getVersion(promptVersionId);
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  await createRun(workbench, await stores.projects.get(run.projectId), {
    prompt: (await stores.prompts.get(version.promptId)).slug,
    version: version.number,
    set: (await stores.evalSets.get(setVersion.evalSetId)).slug,
    model: standIn,
    split: settings.split,
  });
}
