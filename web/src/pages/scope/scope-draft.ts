import type { Answer } from '../../../../server/http/contract/index.ts';

export type ScopeHistory = Answer<'GET /api/projects/:project/scope-versions'>;
export type ScopeVersion = ScopeHistory['versions'][number];
export type ScopeRequest = ScopeHistory['openRequests'][number];
export type Scope = ScopeVersion['scope'];
export type ScopeField = ScopeVersion['changed'][number];
/** The version that something is written from; number 0 before there is one. */
export type Base = { number: number; scope: Scope };

/** `id` tells rows apart while they are added and removed. */
export type ExampleDraft = { id: number; input: string; output: string };
export type MinimumDraft = { id: number; tag: string; passRate: number | null };
/** A scope while it is written: of a minimum the tag or the rate may be missing still. */
export type ScopeDraft = Omit<Scope, 'examples' | 'minimumsByTag'> & {
  examples: readonly ExampleDraft[];
  minimumsByTag: readonly MinimumDraft[];
};
/** Why a draft can't be saved yet. */
export type ScopeProblem = 'unfinished_minimum' | 'tag_twice';

export const emptyScope: Scope = {
  problem: '',
  users: '',
  inputs: '',
  outputs: '',
  examples: [],
  mustNever: '',
  privacy: '',
  dataMayLeave: false,
  targetPassRate: null,
  minimumsByTag: [],
  maxCostUsdPer1000Calls: null,
  maxLatencyP95Ms: null,
};
/** In the order in which a person is asked: the pages take no values from the server, and a test holds these to its own. */
export const scopeFieldNames: readonly ScopeField[] = [
  'problem',
  'users',
  'inputs',
  'outputs',
  'examples',
  'mustNever',
  'privacy',
  'dataMayLeave',
  'targetPassRate',
  'minimumsByTag',
  'maxCostUsdPer1000Calls',
  'maxLatencyP95Ms',
];

export const draftOf = (scope: Scope): ScopeDraft => ({
  ...scope,
  examples: scope.examples.map((example, id) => ({ id, ...example })),
  minimumsByTag: scope.minimumsByTag.map((minimum, id) => ({ id, ...minimum })),
});

/** What a draft says; rows that say nothing are left out. */
export function contentOf({ examples, minimumsByTag, ...rest }: ScopeDraft): {
  scope: Scope;
  problem: ScopeProblem | null;
} {
  const minimums = minimumsByTag
    .map(({ tag, passRate }) => ({ tag: tag.trim(), passRate }))
    .filter(({ tag, passRate }) => tag !== '' || passRate !== null);
  const whole = minimums.flatMap(({ tag, passRate }) => (tag === '' || passRate === null ? [] : [{ tag, passRate }]));
  const twice = new Set(whole.map(({ tag }) => tag)).size < whole.length;
  return {
    scope: {
      ...rest,
      examples: examples
        .filter(({ input, output }) => input.trim() !== '' || output.trim() !== '')
        .map(({ input, output }) => ({ input, output })),
      minimumsByTag: whole,
    },
    problem: whole.length < minimums.length ? 'unfinished_minimum' : twice ? 'tag_twice' : null,
  };
}

/** A field as text, equal where the field is. */
function fieldText(scope: Scope, field: ScopeField): string {
  if (field === 'examples') return JSON.stringify(scope.examples.map(({ input, output }) => [input, output]));
  if (field === 'minimumsByTag') return JSON.stringify(scope.minimumsByTag.map(({ tag, passRate }) => [tag, passRate]));
  return JSON.stringify(scope[field]);
}

/** The fields that two scopes differ in. */
export const differingFields = (a: Scope, b: Scope): ScopeField[] =>
  scopeFieldNames.filter((field) => fieldText(a, field) !== fieldText(b, field));

/** Whether a draft says what a scope does, and nothing is begun. */
export function saysTheSame(draft: ScopeDraft, scope: Scope): boolean {
  const content = contentOf(draft);
  return content.problem === null && differingFields(content.scope, scope).length === 0;
}

/** A draft over another version than it was written from: what it changed stays, everything else is as that version has it. */
export function over(draft: ScopeDraft, base: Scope, version: Scope): ScopeDraft {
  const { scope, problem } = contentOf(draft);
  const mine = new Set(differingFields(base, scope));
  // What is begun can't be compared, but is written.
  if (problem !== null) mine.add('minimumsByTag');
  const kept = Object.fromEntries(
    scopeFieldNames.filter((field) => mine.has(field)).map((field) => [field, draft[field]]),
  );
  return { ...draftOf(version), ...kept };
}

/** What the page asks for one after the other; each with the fields that it holds. */
export const sections = [
  'problem',
  'users',
  'inputs',
  'outputs',
  'examples',
  'mustNever',
  'privacy',
  'success',
] as const;
export type Section = (typeof sections)[number];

/** Whether a person said something there; of success, the pass rate that everything is held to. */
export function isFilled(section: Section, scope: Scope): boolean {
  if (section === 'success') return scope.targetPassRate !== null;
  if (section === 'examples') return scope.examples.length > 0;
  return scope[section].trim() !== '';
}
