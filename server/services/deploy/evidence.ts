import { type CompletedRun, evidenceOf } from '../../domain/evidence.ts';
import { holdoutLook } from '../../domain/holdout-claim.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { Evidence } from '../../domain/release.ts';
import type { Run } from '../../domain/run.ts';
import { judgeStandings } from '../evaluate/judge-standing.ts';
import type { Workbench } from '../workbench.ts';
import { findVersion } from './find-version.ts';

/** What would be released: a version with the model that answers. */
export type Candidate = { prompt: string; version: number; model: string };
export type CandidateEvidence = {
  prompt: Prompt;
  version: PromptVersion;
  evidence: Evidence;
  /** Runs were completed, but only with a stand-in, which is no language model. */
  onlyStandIn: boolean;
};

/** What the completed runs of a version with a model say against the scope. Throws `prompt_missing`, `prompt_version_missing`. */
export async function gatherEvidence(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  candidate: Candidate,
): Promise<CandidateEvidence> {
  const { stores } = workbench;
  const { prompt, version } = await findVersion(workbench, project, candidate);
  const completed = (await stores.runs.list(project.id)).filter(
    (run) => run.promptVersionId === version.id && run.model === candidate.model && run.status === 'completed',
  );
  const looks = await stores.runLists.holdoutLooks(project.id);
  const runs = await Promise.all(
    completed.filter((run) => !run.standIn).map((run) => completedRun(workbench, run, looks.get(run.id))),
  );
  return {
    prompt,
    version,
    evidence: evidenceOf(runs, await stores.projects.scope(project.id)),
    onlyStandIn: runs.length === 0 && completed.length > 0,
  };
}

async function completedRun(
  workbench: Pick<Workbench, 'stores'>,
  run: Run,
  look: number | undefined,
): Promise<CompletedRun> {
  const { stores } = workbench;
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const set = await stores.evalSets.get(setVersion.evalSetId);
  const summary = await stores.runs.summary(run.id);
  const [judges = []] = await judgeStandings(workbench, run.projectId, [summary.judgeCounts]);
  return {
    runId: run.id,
    evalSet: set.slug,
    evalSetVersion: setVersion.number,
    createdAt: run.createdAt,
    summary,
    holdout: holdoutLook(look, summary, run.settings),
    judges,
  };
}
