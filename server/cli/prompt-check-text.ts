import type { CheckName, PromptCheck } from '../domain/prompt-checks/prompt-check.ts';

type Text = { what: string; why: string; fix: string };
type Values = PromptCheck['values'];

/** Each check in words: what was found, why it matters, and how to mend it. */
const texts: Readonly<Record<CheckName, (values: Values) => Text>> = {
  format_unsaid: () => ({
    what: 'The prompt does not say in what form to answer.',
    why: 'Answers then come in many forms, and a scorer reads some of them wrongly.',
    fix: 'Give labels or a JSON schema as the response format, or say in a message what the answer looks like.',
  }),
  label_unnamed: ({ labels }) => ({
    what: `No message names: ${labels}.`,
    why: 'Where the model is not held to the labels by a grammar it can only guess them.',
    fix: 'List every label in a message as it is written in the response format.',
  }),
  variable_unknown: ({ variable, closest, given }) => ({
    what: `No case of the set gives {{${variable}}}.`,
    why: 'Rendering stops with an error where a variable is missing.',
    fix:
      closest === undefined
        ? `Use one of ${given}, or make it optional with {{default ${variable} "…"}}.`
        : `Did you mean {{${closest}}}? Else make it optional with {{default ${variable} "…"}}.`,
  }),
  variable_unused: ({ variable }) => ({
    what: `The cases give {{${variable}}}, and the prompt does not use it.`,
    why: 'The model does not see what may decide the answer.',
    fix: `Put {{${variable}}} into a message, or leave it out if the answer does not depend on it.`,
  }),
  holdout_exact: ({ case: key }) => ({
    what: `The holdout case ${key} stands in the prompt word for word.`,
    why: 'The model then knows the answer beforehand, and the pass rate on holdout promises too much.',
    fix: 'Take another example, from dev or written by yourself.',
  }),
  holdout_near: ({ case: key }) => ({
    what: `An example is a near-duplicate of the holdout case ${key}.`,
    why: 'The model all but knows the answer beforehand, and the pass rate on holdout promises too much.',
    fix: 'Take an example that is not like it, from dev or written by yourself.',
  }),
  beginning_varies: ({ reused, lost }) => ({
    what: `The first variable stands before most of the fixed text: ${reused} tokens before it, ${lost} behind it.`,
    why: 'A model reuses only what begins the same for every case; the rest is read anew, and paid, each time.',
    fix: 'Put instructions and examples first and the variable as late as possible, best in the last message.',
  }),
};

/** A check in the words of the terminal, with its place in the file's messages. */
export function promptCheckText({ name, level, message, line, values }: PromptCheck): string {
  const { what, why, fix } = texts[name](values);
  const place = [
    ...(message === null ? [] : [`message ${message + 1}`]),
    ...(line === null ? [] : [`line ${line}`]),
  ].join(', ');
  return `${level}${place === '' ? '' : ` (${place})`}: ${what}\n  Why: ${why}\n  Fix: ${fix}`;
}
