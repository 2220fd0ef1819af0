/** Where and how a model is reached. The key itself stays in the environment or `.env`; only its variable's name is stored. */
export type Connection = {
  /** First part of a model reference: `openai`, `ollama`, … */
  slug: string;
  name: string;
  baseUrl: string;
  /** Null where the server needs no key. */
  keyVariable: string | null;
};
