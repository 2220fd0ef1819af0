/**
 * Fetches released prompts from a Whetstone workbench, keeps them, and goes on with what it kept while the workbench does not answer.
 * No dependencies: the file may be copied into a project as it is.
 */

export type Message = { role: string; content: string };
/** What a label points to. Messages are Handlebars templates; `variables` names what they take. */
export type ReleasedPrompt = {
  project: string;
  prompt: string;
  label: string;
  /** Id of the release: what an observation names. */
  release: number;
  version: number;
  contentHash: string;
  model: string;
  messages: Message[];
  parameters: Record<string, unknown>;
  responseFormat: { type: string; [key: string]: unknown };
  variables: string[];
  evidenceDigest: string;
};
export type Answer = {
  output: string;
  finishReason: string;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  latencyMs: number;
  notes: string[];
  release: number;
  version: number;
  model: string;
  observation: number;
};
/** Where a prompt came from: asked just now, kept and still fresh, kept because no answer came, or the one pinned in the program. */
export type Source = 'server' | 'kept' | 'stale' | 'pinned';
export type ObservedCall = {
  input: Record<string, unknown>;
  output: string;
  prompt?: string;
  release?: number;
  latencyMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  feedback?: 'up' | 'down';
  feedbackNote?: string;
};

export type ClientOptions = {
  project: string;
  /** `http://127.0.0.1:4300` unless said. */
  baseUrl?: string;
  /** How long a prompt is used before the workbench is asked again whether it is still the one; 30 s unless said. */
  freshMs?: number;
  /** Longest wait for a prompt; 2 s unless said. */
  timeoutMs?: number;
  /** What is used where no answer ever came, by `prompt@label`: a file saved from `GET /api/prompts/…`. */
  pinned?: Readonly<Record<string, ReleasedPrompt>>;
  /** Told when a prompt could not be fetched and another was used. */
  onFallback?: (about: { prompt: string; label: string; source: 'stale' | 'pinned'; error: Error }) => void;
};

/** The workbench answered that something is wrong with the request. */
export class WhetstoneRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'WhetstoneRefusal';
    this.status = status;
    this.code = code;
  }
}

type Kept = { etag: string; prompt: ReleasedPrompt; askedAt: number };

export class WhetstoneClient {
  readonly #options: ClientOptions & Required<Pick<ClientOptions, 'baseUrl' | 'freshMs' | 'timeoutMs'>>;
  readonly #kept = new Map<string, Kept>();
  readonly #asking = new Map<string, Promise<{ prompt: ReleasedPrompt; source: Source }>>();

  constructor(options: ClientOptions) {
    this.#options = { baseUrl: 'http://127.0.0.1:4300', freshMs: 30_000, timeoutMs: 2_000, ...options };
  }

  /**
   * What the label points to. Where the workbench does not answer: what was kept, else what is pinned, else the error.
   * Throws `WhetstoneRefusal` where there is no such prompt or label, whatever is kept.
   */
  async prompt(name: string, label = 'production'): Promise<{ prompt: ReleasedPrompt; source: Source }> {
    const key = `${name}@${label}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && Date.now() - kept.askedAt < this.#options.freshMs)
      return { prompt: kept.prompt, source: 'kept' };
    const asking = this.#asking.get(key) ?? this.#ask(name, label, kept).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  /** Lets the workbench render the prompt, ask the released model and record the call. */
  invoke(name: string, variables: Record<string, unknown>, label = 'production'): Promise<Answer> {
    return this.#send('POST', `${this.#path(name, label)}/invoke`, { variables });
  }

  /** Reports a call that the program made itself; gives the observation's id. */
  async observe(call: ObservedCall): Promise<number> {
    const { id } = await this.#send<{ id: number }>('POST', '/api/observations', {
      project: this.#options.project,
      ...call,
    });
    return id;
  }

  /** What a user thought of an answer. */
  async feedback(observation: number, feedback: 'up' | 'down', feedbackNote = ''): Promise<void> {
    await this.#send('PATCH', `/api/observations/${observation}`, { feedback, feedbackNote });
  }

  async #ask(name: string, label: string, kept: Kept | undefined): Promise<{ prompt: ReleasedPrompt; source: Source }> {
    const key = `${name}@${label}`;
    try {
      const response = await fetch(`${this.#options.baseUrl}${this.#path(name, label)}`, {
        headers: kept === undefined ? {} : { 'if-none-match': kept.etag },
        signal: AbortSignal.timeout(this.#options.timeoutMs),
      });
      if (response.status === 304 && kept !== undefined) {
        this.#kept.set(key, { ...kept, askedAt: Date.now() });
        return { prompt: kept.prompt, source: 'server' };
      }
      if (response.status >= 400 && response.status < 500) throw await refusal(response);
      if (!response.ok) throw new Error(`The workbench answered ${response.status}.`);
      const prompt: ReleasedPrompt = await response.json();
      this.#kept.set(key, { etag: response.headers.get('etag') ?? '', prompt, askedAt: Date.now() });
      return { prompt, source: 'server' };
    } catch (error) {
      if (error instanceof WhetstoneRefusal || !(error instanceof Error)) throw error;
      return this.#fallback(name, label, kept, error);
    }
  }

  #fallback(
    name: string,
    label: string,
    kept: Kept | undefined,
    error: Error,
  ): { prompt: ReleasedPrompt; source: Source } {
    const key = `${name}@${label}`;
    const prompt = kept?.prompt ?? this.#options.pinned?.[key];
    if (prompt === undefined) throw error;
    const source = kept === undefined ? 'pinned' : 'stale';
    this.#options.onFallback?.({ prompt: name, label, source, error });
    // Asked again only when that is due: a workbench that is down must not slow down each call.
    this.#kept.set(key, { etag: kept?.etag ?? '', prompt, askedAt: Date.now() });
    return { prompt, source };
  }

  #path(name: string, label: string): string {
    return `/api/prompts/${[this.#options.project, name, label].map(encodeURIComponent).join('/')}`;
  }

  async #send<T>(method: string, path: string, body: object): Promise<T> {
    const response = await fetch(`${this.#options.baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw await refusal(response);
    return response.json();
  }
}

async function refusal(response: Response): Promise<WhetstoneRefusal> {
  const text = await response.text();
  try {
    const { error }: { error: { code: string; message: string } } = JSON.parse(text);
    return new WhetstoneRefusal(response.status, error.code, error.message);
  } catch {
    // Something between the program and the workbench answered.
    return new WhetstoneRefusal(response.status, 'unreadable_answer', text.slice(0, 200));
  }
}
