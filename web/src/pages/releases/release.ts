import type { Answer } from '../../../../server/http/contract/index.ts';

export type Releases = Answer<'GET /api/projects/:project/releases'>;
export type Release = Releases['releases'][number];
export type LabelMove = Releases['moves'][number];
export type LabelState = Releases['labels'][number];
export type Evidence = Answer<'POST /api/projects/:project/releases/evidence'>;
export type RunEvidence = Evidence['runs'][number];
export type Criterion = Evidence['criteria'][number];
export type Request = Answer<'GET /api/projects/:project/release-requests'>['requests'][number];
/** What would be released: a version with the model that answers. */
export type Candidate = { prompt: string; version: number; model: string };

/** Tells the gates apart. */
export const gateKey = ({ name, tag }: Pick<Criterion, 'name' | 'tag'>): string =>
  tag === undefined ? name : `${name} ${tag}`;

/** Labels that every prompt is offered; others are made by pointing them somewhere. */
const usualLabels = ['production', 'staging'] as const;

/** What the scope asks for and is not met, whatever the reason. */
export const unmetOf = ({ criteria }: Evidence): Criterion[] =>
  criteria.filter(({ state }) => state !== 'met' && state !== 'not_asked');

/** Every label that a prompt has or is offered. */
export function labelsOf(prompt: string, labels: readonly LabelState[]): string[] {
  const own = labels.flatMap((state) => (state.prompt === prompt ? [state.label] : []));
  return [...new Set<string>([...usualLabels, ...own.sort()])];
}
