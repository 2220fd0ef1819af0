import { refused } from '../../domain/errors.ts';
import { unmetCriteria } from '../../domain/evidence.ts';
import type { Project } from '../../domain/project.ts';
import type { Criterion, Release } from '../../domain/release.ts';
import type { Workbench } from '../workbench.ts';
import { type Candidate, type CandidateEvidence, gatherEvidence } from './evidence.ts';

export type Approval = Candidate & {
  note: string;
  approvedBy: string;
  /** Approves although the scope's criteria are not met; the release keeps which. */
  acceptUnmet: boolean;
};

/**
 * Releases a version with its model and parameters, and freezes the evidence it was approved on.
 * Throws `release_needs_evidence`, `release_stand_in`, `release_criteria_unmet`.
 */
export async function approveRelease(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { note, approvedBy, acceptUnmet, ...candidate }: Approval,
): Promise<Release> {
  const gathered = await gatherEvidence(workbench, project, candidate);
  requireEvidence(gathered, candidate);
  const { prompt, version, evidence } = gathered;
  const unmet = unmetCriteria(evidence);
  if (unmet.length > 0 && !acceptUnmet) throw criteriaUnmet(unmet);
  return workbench.stores.releases.create({
    projectId: project.id,
    promptId: prompt.id,
    promptVersionId: version.id,
    model: candidate.model,
    parameters: version.content.parameters,
    evidence,
    note,
    approvedBy,
  });
}

function requireEvidence({ prompt, version, evidence, onlyStandIn }: CandidateEvidence, { model }: Candidate): void {
  const name = `Version ${version.number} of "${prompt.name}"`;
  if (onlyStandIn) {
    throw refused(
      'release_stand_in',
      `${name} was run only with ${model}, a stand-in to learn the tool with. Run it with a language model first: what a stand-in answers says nothing about one.`,
    );
  }
  if (evidence.runs.length === 0) {
    throw refused(
      'release_needs_evidence',
      `${name} has no completed run with ${model}. Run it with that model first: a release is approved on evidence.`,
    );
  }
}

function criteriaUnmet(unmet: readonly Criterion[]) {
  return refused(
    'release_criteria_unmet',
    `The scope's criteria are not met: ${unmet.map(sayCriterion).join('; ')}. Improve the version, gather more evidence, or approve it all the same by accepting what is unmet.`,
    { details: { criteria: unmet } },
  );
}

function sayCriterion({ name, state, target, observed, bound }: Criterion): string {
  const show = { pass_rate: sayRate, cost: sayCost, latency: sayLatency }[name];
  const asked = { pass_rate: 'pass rate on holdout', cost: 'cost per 1,000 calls', latency: 'p95 latency' }[name];
  if (observed === null) return `${asked}: no run shows it, ${show(target)} asked`;
  const doubt = state === 'not_provable' ? `, which can be as low as ${show(bound)}` : '';
  return `${asked}: ${show(observed)}${doubt}, ${show(target)} asked`;
}

const sayRate = (rate: number | null): string => `${((rate ?? 0) * 100).toFixed(1)} %`;
const sayCost = (usd: number | null): string => `$${(usd ?? 0).toPrecision(3)}`;
const sayLatency = (ms: number | null): string => `${Math.round(ms ?? 0)} ms`;
