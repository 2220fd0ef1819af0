/** What is known of a model whose file lies on this machine, or may. */
export type LocalModel = {
  /** Its name within the connection `local`. */
  name: string;
  title: string;
  /** `known` ones are in the catalogue and can be fetched; `file` ones were added by path. */
  kind: 'known' | 'file';
  licence: string | null;
  /** What has to be agreed to before it is fetched; null where nothing has. */
  terms: ModelTerms | null;
  parameters: number | null;
  contextTokens: number | null;
  fileBytes: number;
  /** What loading it takes, weights and context together. */
  memoryBytes: number;
  state: LocalModelState;
};

export type ModelTerms = { title: string; url: string; text: string };

export type LocalModelState =
  | { type: 'absent' }
  | { type: 'fetching'; source: string; receivedBytes: number; totalBytes: number }
  | { type: 'checking' }
  | { type: 'ready'; path: string; sha256: string }
  /** `code` is stable, `values` are what it is about, `reason` says it in English. */
  | { type: 'failed'; reason: string; code?: string; values?: Readonly<Record<string, string>> };
