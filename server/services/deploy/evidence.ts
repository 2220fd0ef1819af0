import type { EvalSetVersion } from '../../domain/evaluation-set.ts';
import { type CompletedRun, evidenceOf } from '../../domain/evidence.ts';
import { holdoutLook } from '../../domain/holdout-claim.ts';
import type { ScopeId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { Evidence, JudgedBy } from '../../domain/release.ts';
import type { Run } from '../../domain/run.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import { judgeStandings } from '../evaluate/judge-standing.ts';
import type { Workbench } from '../workbench.ts';
import { againstProduction } from './against-production.ts';
import { findVersion } from './find-version.ts';
import { tagEvidence } from './tag-evidence.ts';
import { unseenHoldout } from './unseen-holdout.ts';

/** What would be released: a version with the model that answers. */
export type Candidate = { prompt: string; version: number; model: string };
export type CandidateEvidence = {
  prompt: Prompt;
  version: PromptVersion;
  evidence: Evidence;
  /** The scope that its criteria are of. */
  scopeId: ScopeId | null;
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
  const completed = (await stores.runs.list(project.id)).filter((run) => run.status === 'completed');
  const own = completed.filter((run) => run.promptVersionId === version.id && run.model === candidate.model);
  const looks = await stores.runLists.holdoutLooks(project.id);
  const [written] = await stores.projects.scopeVersions(project.id, 1);
  const scope = written?.scope ?? null;
  const tags = scope?.minimumsByTag.map(({ tag }) => tag) ?? [];
  const runs: CompletedRun[] = [];
  for (const run of own) if (!run.standIn) runs.push(await completedRun(workbench, run, looks.get(run.id), tags));
  const evidence = evidenceOf(runs, scope);
  const { model } = candidate;
  const compared = await againstProduction(workbench, { prompt, version, model }, evidence.runs, completed);
  const unseen = await unseenHoldout(workbench, project, evidence.runs);
  return {
    prompt,
    version,
    evidence: {
      subject: { prompt: prompt.slug, version: version.number, contentHash: version.contentHash, model },
      ...evidence,
      ...(compared.length > 0 && { againstProduction: compared }),
      ...(unseen.length > 0 && { unseenHoldout: unseen }),
    },
    scopeId: written?.id ?? null,
    onlyStandIn: runs.length === 0 && own.length > 0,
  };
}

async function completedRun(
  workbench: Pick<Workbench, 'stores'>,
  run: Run,
  look: number | undefined,
  tags: readonly string[],
): Promise<CompletedRun> {
  const { stores } = workbench;
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const set = await stores.evalSets.get(setVersion.evalSetId);
  const summary = await stores.runs.summary(run.id);
  const [judges = []] = await judgeStandings(workbench, run.projectId, [summary.judgeCounts]);
  const holdout = holdoutLook(look, summary, run.settings);
  return {
    runId: run.id,
    evalSet: set.slug,
    evalSetVersion: setVersion.number,
    createdAt: run.createdAt,
    summary,
    holdout,
    judgedBy: await judgedBy(workbench, run, setVersion),
    judges,
    failures: await stores.reviews.failuresOf(run.id),
    tags: await tagEvidence(workbench, run, holdout, tags),
    priceBases: await stores.runs.priceBases(run.id),
  };
}

async function judgedBy(
  { stores }: Pick<Workbench, 'stores'>,
  run: Run,
  setVersion: EvalSetVersion,
): Promise<JudgedBy> {
  const { scorers, threshold } = await stores.runs.scoring(run.id);
  return {
    scorers: scorers.map(formatScorerSpec),
    threshold,
    casesWithOwn: await stores.evalSets.countOwnScorers(setVersion, run.settings.split),
  };
}
