import { contentHash } from '../../domain/content-hash.ts';
import { sameGate, unmetCriteria } from '../../domain/evidence.ts';
import type { ReleaseId, ReleaseRequestId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { type PromptVersion, promptContentHash } from '../../domain/prompt.ts';
import type { Evidence, Override } from '../../domain/release.ts';
import type { Workbench } from '../workbench.ts';

/** What does not hold: the evidence is not what the digest is of; it is of other content; a gate was neither met nor overridden. */
export type VerificationProblem = 'digest' | 'content' | 'gate';
type Verified = { prompt: string; version: number; evidenceDigest: string; problems: VerificationProblem[] };
export type Verification = {
  releases: (Verified & { id: ReleaseId; number: number })[];
  requests: (Verified & { id: ReleaseRequestId })[];
};
type Frozen = { evidence: Evidence; evidenceDigest: string };

/** Computes anew what a project's releases and requests say of themselves: their digests, the content they are of, and that each gate was passed. */
export async function verifyReleases({ stores }: Pick<Workbench, 'stores'>, project: Project): Promise<Verification> {
  const subjectOf = async ({ promptVersionId: id }: { promptVersionId: PromptVersion['id'] }) => {
    const version = await stores.prompts.getVersion(id);
    return { version, prompt: (await stores.prompts.get(version.promptId)).slug };
  };
  const verification: Verification = { releases: [], requests: [] };
  for (const release of await stores.releases.list(project.id)) {
    const { prompt, version } = await subjectOf(release);
    const problems = [...frozenProblems(release, version), ...gateProblems(release)];
    const { id, number, evidenceDigest } = release;
    verification.releases.push({ id, number, prompt, version: version.number, evidenceDigest, problems });
  }
  for (const request of await stores.releaseRequests.list(project.id)) {
    const { prompt, version } = await subjectOf(request);
    const { id, evidenceDigest } = request;
    const problems = frozenProblems(request, version);
    verification.requests.push({ id, prompt, version: version.number, evidenceDigest, problems });
  }
  return verification;
}

function frozenProblems({ evidence, evidenceDigest }: Frozen, version: PromptVersion): VerificationProblem[] {
  // Evidence of an earlier version of this program names no content.
  const named = evidence.subject?.contentHash ?? version.contentHash;
  const sameContent = named === version.contentHash && named === promptContentHash(version.content);
  return [...problemIf('digest', contentHash(evidence) !== evidenceDigest), ...problemIf('content', !sameContent)];
}

const gateProblems = ({ evidence, overrides }: { evidence: Evidence; overrides: readonly Override[] }) =>
  problemIf(
    'gate',
    unmetCriteria(evidence).some((gate) => !overrides.some((override) => sameGate(override, gate))),
  );

const problemIf = (problem: VerificationProblem, holds: boolean): VerificationProblem[] => (holds ? [problem] : []);
