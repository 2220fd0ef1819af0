import { invalid } from './errors.ts';

/** `connection/name`, such as `openai/gpt-5-mini`; the name may hold slashes itself. */
export type ModelReference = { connection: string; name: string };

/** Splits `connection/name`. Throws `model_reference_invalid`. */
export function parseModelReference(text: string): ModelReference {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) {
    throw invalid(
      'model_reference_invalid',
      `"${text}" does not name a model. Write CONNECTION/MODEL, such as openai/gpt-5-mini or builtin/lexicon.`,
    );
  }
  return { connection: text.slice(0, slash), name: text.slice(slash + 1) };
}

/** Where what is sent to a model goes: the scope may forbid that it leaves this machine. */
export type DataDestination = 'in_process' | 'loopback' | 'network';

/** What is known of a model; null where nobody says. */
export type ModelFacts = {
  weights: 'open' | 'closed' | null;
  licence: string | null;
  parameters: number | null;
  contextTokens: number | null;
};

/** What a model is wanted for: to answer, or to make vectors of texts. */
export const modelPurposes = ['answers', 'embeddings'] as const;
export type ModelPurpose = (typeof modelPurposes)[number];

export type ModelInfo = {
  /** `connection/name`. */
  reference: string;
  connection: string;
  name: string;
  destination: DataDestination;
  /** A stand-in is no language model: its runs are never evidence for a release. */
  standIn: boolean;
};
