import { firstPrompt } from '../../domain/first-prompt.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptContent } from '../../domain/prompt.ts';
import type { Scope } from '../../domain/scope.ts';
import { type CheckedPrompt, checkDraft } from '../prototype/check-prompt.ts';
import type { Workbench } from '../workbench.ts';
import { type FirstChoice, firstBasis } from './first-basis.ts';

export type PromptProposal = {
  content: PromptContent;
  fields: readonly string[];
  labels: readonly string[];
  /** What is still worth changing in it. */
  checks: CheckedPrompt['checks'];
  /** Examples of the scope, from 1, that it leaves out, and why: they are holdout cases too, or their output is none of the labels. */
  leftOut: { example: number; reason: 'holdout' | 'no_label' }[];
};

/** A first prompt from what the scope says; nothing is stored and no model asked. Throws `scope_not_written`, `eval_set_missing`. */
export async function proposePrompt(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  choice: FirstChoice,
): Promise<PromptProposal> {
  const { scope, set, version, fields, labels } = await firstBasis(workbench, project, choice);
  const held = version === null ? null : (set?.slug ?? null);
  const leaked = await examplesInHoldout(workbench, project, scope.examples, held);
  const { unlabelled } = firstPrompt(scope, { fields, labels });
  const examples = scope.examples.filter((_, place) => !leaked.has(place));
  const { content } = firstPrompt({ ...scope, examples }, { fields, labels });
  const { checks } = await checkDraft(workbench, project, { content, set: held });
  const leftOut = [
    ...[...leaked].map((place) => ({ example: place + 1, reason: 'holdout' as const })),
    ...unlabelled
      .filter((place) => !leaked.has(place))
      .map((place) => ({ example: place + 1, reason: 'no_label' as const })),
  ];
  return { content, fields, labels, checks, leftOut: leftOut.sort((a, b) => a.example - b.example) };
}

/** Places of the examples that are holdout cases too, or nearly. */
async function examplesInHoldout(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  examples: Scope['examples'],
  set: string | null,
): Promise<Set<number>> {
  if (examples.length === 0 || set === null) return new Set();
  const messages = examples.map(({ input }) => ({ role: 'user' as const, content: input }));
  const content: PromptContent = { messages, parameters: {}, responseFormat: { type: 'text' } };
  const { checks } = await checkDraft(workbench, project, { content, set });
  return new Set(
    checks.flatMap(({ name, message }) =>
      (name === 'holdout_exact' || name === 'holdout_near') && message !== null ? [message] : [],
    ),
  );
}
