import type { PromptVersion } from './prompt-version.ts';
import type { Variables } from './subject.ts';
import type { Call } from './use-cells.ts';

/** A row of the playground: a case of a set with what it expects, or values of one's own. */
export type PlaygroundInput = {
  key: string;
  /** Null for values of one's own. */
  held: { set: string; expected: Variables[string]; tags: string[] } | null;
  variables: Variables;
};
export type ChosenVersion = { reference: string; prompt: string; version: PromptVersion };
/** A column: a version answered by a model. */
export type PlaygroundColumn = ChosenVersion & { model: string };

export const MOST_INPUTS = 10;
export const MOST_COLUMNS = 12;

export const versionReference = (prompt: string, number: number): string => `${prompt}@${number}`;

export const columnsOf = (versions: readonly ChosenVersion[], models: readonly string[]): PlaygroundColumn[] =>
  versions.flatMap((version) => models.map((model) => ({ ...version, model }))).slice(0, MOST_COLUMNS);

/** Changed values of one's own are another cell. */
export const cellKey = ({ key, held, variables }: PlaygroundInput, { reference, model }: PlaygroundColumn): string =>
  JSON.stringify([held?.set ?? variables, key, reference, model]);

/** Every input in every column, input by input: the first rows are full first. */
export const callsOf = (inputs: readonly PlaygroundInput[], columns: readonly PlaygroundColumn[]): Call[] =>
  inputs.flatMap((input) =>
    columns.map((column) => ({
      key: cellKey(input, column),
      body: {
        content: column.version.content,
        variables: input.variables,
        model: column.model,
        expected: expectedOf(input),
      },
    })),
  );

function expectedOf({ held }: PlaygroundInput): Call['body']['expected'] {
  return held === null || held.expected === null ? null : { set: held.set, expected: held.expected };
}
