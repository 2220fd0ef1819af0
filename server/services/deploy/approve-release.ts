import { conflict, refused } from '../../domain/errors.ts';
import { sameGate, unmetCriteria } from '../../domain/evidence.ts';
import type { PersonId, ReleaseRequestId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/person.ts';
import type { Project } from '../../domain/project.ts';
import type { Criterion, Gate, Override, Release } from '../../domain/release.ts';
import { priceBasisText } from '../../formats/price-basis-text.ts';
import { requireRole, signingName } from '../people/identify.ts';
import type { Workbench } from '../workbench.ts';
import type { Candidate } from './evidence.ts';
import { openRequest, personIdOf, releasable, requestRelease, type Said } from './request-release.ts';

type Stores = Pick<Workbench, 'stores'>;
/** Why a version is approved although a gate is not met. */
export type OverrideReason = Gate & { reason: string };
export type Approval = Said & { overrides: readonly OverrideReason[] };

/**
 * Releases what was requested, on the evidence that was frozen then. Each gate that is not met needs a written reason. Throws
 * `release_request_missing`, `release_request_ended`, `release_scope_changed`, `release_needs_second_person`, `release_criteria_unmet`,
 * `release_override_not_needed`.
 */
export async function approveRequest(
  workbench: Stores,
  project: Project,
  actor: Actor,
  id: ReleaseRequestId,
  { text, by, overrides: reasons }: Approval,
): Promise<Release> {
  requireRole(actor, 'approver');
  const { stores } = workbench;
  const request = await openRequest(workbench, project, id);
  const [scope] = await stores.projects.scopeVersions(project.id, 1);
  if ((scope?.id ?? null) !== request.scopeId) {
    throw conflict(
      'release_scope_changed',
      'The scope was changed after this was requested, so that its gates are no longer those. Withdraw the request and make a new one.',
    );
  }
  const { author } = await stores.prompts.getVersion(request.promptVersionId);
  await requireSecondPerson(workbench, actor, { author, personId: request.personId });
  const overrides = overridesOf(unmetCriteria(request.evidence), reasons);
  const { projectId, promptId, promptVersionId, model, parameters, evidence } = request;
  return stores.releases.create(
    {
      projectId,
      promptId,
      promptVersionId,
      model,
      parameters,
      evidence,
      overrides,
      note: text,
      approvedBy: signingName(actor, by),
    },
    { id, personId: personIdOf(actor) },
  );
}

/** Requests and approves in one step, for who may do both. Throws what the two throw. */
export async function approveRelease(
  workbench: Stores,
  project: Project,
  actor: Actor,
  { overrides, ...candidate }: Candidate & Approval,
): Promise<Release> {
  requireRole(actor, 'approver');
  const { text, by } = candidate;
  const { version, evidence } = await releasable(workbench, project, candidate);
  await requireSecondPerson(workbench, actor, { author: version.author, personId: personIdOf(actor) });
  overridesOf(unmetCriteria(evidence), overrides);
  const { id } = await requestRelease(workbench, project, actor, candidate);
  return approveRequest(workbench, project, actor, id, { text, by, overrides });
}

/** Where there is somebody else, nobody approves what they wrote or put forward themselves. */
async function requireSecondPerson(
  { stores }: Stores,
  actor: Actor,
  { author, personId }: { author: string; personId: PersonId | null },
): Promise<void> {
  if (actor.kind !== 'person' || (await stores.people.list()).length < 2) return;
  const { id, name } = actor.person;
  if (personId !== id && author !== name) return;
  throw refused(
    'release_needs_second_person',
    `${name} wrote or requested this version, and somebody else works here: another approver has to approve it.`,
  );
}

function overridesOf(unmet: readonly Criterion[], reasons: readonly OverrideReason[]): Override[] {
  const needless = reasons.find((reason) => !unmet.some((criterion) => sameGate(criterion, reason)));
  if (needless !== undefined) {
    throw conflict(
      'release_override_not_needed',
      `The gate "${sayGate(needless)}" is not one that is missed here. Leave its override out.`,
    );
  }
  const open = unmet.filter((criterion) => !reasons.some((reason) => sameGate(criterion, reason)));
  if (open.length > 0) throw criteriaUnmet(open);
  return unmet.flatMap(({ name, tag, state }) =>
    reasons
      .filter((reason) => sameGate({ name, tag }, reason))
      .slice(0, 1)
      .map(({ reason }) => ({ name, ...(tag === undefined ? {} : { tag }), state, reason })),
  );
}

function criteriaUnmet(unmet: readonly Criterion[]) {
  return refused(
    'release_criteria_unmet',
    `The scope's criteria are not met: ${unmet.map(sayCriterion).join('; ')}. Improve the version, gather more evidence, or as an approver override each with a reason, which is kept.`,
    { details: { criteria: unmet } },
  );
}

function sayCriterion(criterion: Criterion): string {
  const { state, target, observed, bound } = criterion;
  const show = criterion.name === 'cost' ? sayCost : criterion.name === 'latency' ? sayLatency : sayRate;
  const asked = sayGate(criterion);
  if (observed === null) return `${asked}: no run shows it, ${show(target)} asked`;
  const doubt = state === 'not_provable' ? `, which can be as low as ${show(bound)}` : '';
  const priced = (criterion.pricedBy ?? []).map((basis) => `, by ${priceBasisText(basis)}`).join('');
  return `${asked}: ${show(observed)}${doubt}, ${show(target)} asked${priced}`;
}

export const sayGate = ({ name, tag }: Gate): string =>
  ({
    pass_rate: 'pass rate on holdout',
    tag: `pass rate on holdout cases tagged "${tag}"`,
    cost: 'cost per 1,000 calls',
    latency: 'p95 latency',
  })[name];

const sayRate = (rate: number | null): string => `${((rate ?? 0) * 100).toFixed(1)} %`;
const sayCost = (usd: number | null): string => `$${(usd ?? 0).toPrecision(3)}`;
const sayLatency = (ms: number | null): string => `${Math.round(ms ?? 0)} ms`;
