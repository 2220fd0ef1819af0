import { prepareScorers } from '../../domain/combine-scores.ts';
import { defaultScorers, labelsFor } from '../../domain/default-scorers.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import type { Message } from '../../domain/prompt.ts';
import type { Judgement } from '../../domain/result.ts';
import type { ReplyFacts } from '../../domain/scorer.ts';
import { findSet } from '../evaluate/list-sets.ts';
import { noTools } from '../evaluate/scorer-tools.ts';
import type { Workbench } from '../workbench.ts';
import type { PromptDraft } from './preview-prompt.ts';

/** What an answer is held against: the expected value of a case of this set. */
export type Expected = { set: string; expected: JsonValue };

/** Judges one answer as a run over the set would that names no scorers. Throws `eval_set_missing`. */
export async function tryJudge(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { content: { responseFormat }, variables }: PromptDraft,
  { set: name, expected }: Expected,
  messages: readonly Message[],
): Promise<(output: string, facts: ReplyFacts) => Promise<Judgement>> {
  const { evalSets } = workbench.stores;
  const version = await evalSets.version((await findSet(workbench, project, name)).id, null);
  const counts = version === null ? [] : await evalSets.labelCounts(version);
  const judge = prepareScorers(defaultScorers(responseFormat, labelsFor({ type: 'text' }, counts)), noTools, null);
  const schema = responseFormat.type === 'json' ? responseFormat.schema : null;
  const labels = labelsFor(responseFormat, counts);
  return (output, reply) =>
    judge({ output, expected, variables, labels, schema, messages, reply }, new AbortController().signal);
}
