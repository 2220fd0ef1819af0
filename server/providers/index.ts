import type { Connection } from '../domain/connection.ts';
import { conflict, invalid, missing } from '../domain/errors.ts';
import { maskSecrets } from '../domain/mask-secrets.ts';
import type { ModelInfo } from '../domain/model.ts';
import { noRateLimits, type RateLimits } from '../domain/request-pacer.ts';
import { destinationOf, parseBaseUrl } from './base-url.ts';
import { connectionTo, detectionTimeoutMs, type LocalServer, localServers } from './detected.ts';
import type { Environment } from './environment.ts';
import type { OpenAiOptions, OpenAiProvider } from './openai.ts';
import { type Provider, ProviderError } from './provider.ts';
import type { ConnectionState, ProviderRegistry } from './registry.ts';

type RegistryOptions = {
  environment: Environment;
  addedConnections: () => Promise<readonly Connection[]>;
  /** What a person allows a connection in a minute, by its slug. */
  limits?: () => Promise<ReadonlyMap<string, RateLimits>>;
  /** What runs in this process. */
  builtIn: readonly Provider[];
  /** Where to look for servers on this machine; their usual ports unless said. */
  detection?: readonly LocalServer[];
};

type Kind = ConnectionState['kind'];
/** A connection, and what answers for it or why nothing can. */
type Candidate = Omit<ConnectionState, 'state' | 'reason' | 'reasonCode' | 'modelCount'> &
  ({ provider: Provider } | { provider: null; state: 'unreachable' | 'no_key'; reason: string; reasonCode: string });

type Probe = { models: readonly string[]; reason: string; reasonCode?: string };
type Seen = { candidate: Candidate; probe: Probe | null };

const memoryMs = 15_000;
const probeTimeoutMs = 2500;
const openAiUrl = 'https://api.openai.com/v1';

/** Built-in models, `openai`, connections added by hand, and servers found on this machine. Of two with the same slug the first counts. */
export const createProviderRegistry = (options: RegistryOptions): ProviderRegistry => new ConnectionRegistry(options);

class ConnectionRegistry implements ProviderRegistry {
  readonly #options: RegistryOptions;
  readonly #clients = new Map<string, { fingerprint: string; provider: OpenAiProvider }>();
  readonly #probes = new WeakMap<Provider, { at: number; probe: Promise<Probe> }>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  async get(slug: string): Promise<Provider> {
    const builtIn = this.#options.builtIn.find(({ connection }) => connection === slug);
    if (builtIn !== undefined) return builtIn;
    const all = await this.#candidates();
    const candidate = all.find((one) => one.slug === slug);
    if (candidate === undefined) {
      const slugs = all.map((one) => one.slug).join(', ');
      throw missing(
        'connection_missing',
        `There is no connection "${slug}". Add it in Settings, or use one of ${slugs}.`,
      );
    }
    if (candidate.provider !== null) return candidate.provider;
    throw candidate.state === 'no_key'
      ? conflict('connection_key_missing', candidate.reason)
      : invalid('connection_address_invalid', candidate.reason);
  }

  async connections({ refresh = false } = {}): Promise<ConnectionState[]> {
    return (await this.#look(refresh)).map(stateOf);
  }

  async models({ refresh = false, purpose = 'answers' }: Parameters<ProviderRegistry['models']>[0] = {}) {
    const seen = await this.#look(refresh);
    return (purpose === 'answers' ? seen : await Promise.all(seen.map(embeddingProbe))).flatMap(modelsOf);
  }

  async #candidates(): Promise<Candidate[]> {
    const { environment, addedConnections, builtIn, detection = localServers } = this.#options;
    const limits = (await this.#options.limits?.()) ?? new Map<string, RateLimits>();
    const remote: [Connection, Kind][] = [
      [openAiConnection(environment), 'environment'],
      ...(await addedConnections()).map((connection): [Connection, Kind] => [connection, 'added']),
      ...detection.map((server): [Connection, Kind] => [connectionTo(server), 'detected']),
    ];
    // Loaded when a connection is first asked for: OpenAI's library takes 19 MB.
    const { OpenAiProvider: Client } = await import('./openai.ts');
    const all = [
      ...builtIn.map(builtInCandidate),
      ...remote.map((one) => this.#remoteCandidate(Client, ...one, limits.get(one[0].slug))),
    ];
    return all.filter(({ slug }, index) => all.findIndex((other) => other.slug === slug) === index);
  }

  #remoteCandidate(
    Client: typeof OpenAiProvider,
    connection: Connection,
    kind: Kind,
    limits: RateLimits = noRateLimits,
  ): Candidate {
    const { environment } = this.#options;
    const { slug, name, keyVariable } = connection;
    const url = parseBaseUrl(connection.baseUrl);
    const key = keyVariable === null ? undefined : environment.get(keyVariable);
    const destination = url === null ? 'network' : destinationOf(url);
    // An address may hold a key of its own.
    const baseUrl = maskSecrets(connection.baseUrl, environment.secrets());
    const shared = { slug, name, keyVariable, baseUrl, destination, kind, keyPresent: key !== undefined, limits };
    if (url === null) {
      const subject = kind === 'environment' ? 'OPENAI_BASE_URL' : `The base URL of ${name}`;
      const reason = `${subject} is not an address that can be called. Write it like https://example.com/v1, without a user or a password.`;
      return { ...shared, provider: null, state: 'unreachable', reason, reasonCode: 'connection_address_invalid' };
    }
    // A server on this machine mostly asks for no key; where it does, it says so itself.
    if (keyVariable !== null && key === undefined && destination === 'network') {
      const reason = `${name} needs a key. Set ${keyVariable} in the environment or in .env.`;
      return { ...shared, provider: null, state: 'no_key', reason, reasonCode: 'connection_key_missing' };
    }
    const provider = this.#client(Client, { connection, baseUrl: url, key: key ?? null });
    provider.gate.limits = limits;
    return { ...shared, provider };
  }

  /** One client a connection, so that sockets and what was learnt of its models are kept; a new one when the address or the key changed. */
  #client(Client: typeof OpenAiProvider, options: Omit<OpenAiOptions, 'gate' | 'secrets'>): OpenAiProvider {
    const { connection, key } = options;
    const fingerprint = JSON.stringify([connection, key]);
    const known = this.#clients.get(connection.slug);
    if (known?.fingerprint === fingerprint) return known.provider;
    const { secrets } = this.#options.environment;
    const provider = new Client({ ...options, secrets });
    this.#clients.set(connection.slug, { fingerprint, provider });
    return provider;
  }

  /** All at once: one that hangs holds up the others by no more than its own limit. */
  async #look(refresh: boolean): Promise<Seen[]> {
    const seen = await Promise.all(
      (await this.#candidates()).map(async (candidate): Promise<Seen> => {
        const { provider, kind } = candidate;
        return { candidate, probe: provider === null ? null : await this.#probe(provider, kind, refresh) };
      }),
    );
    return seen.filter(({ candidate, probe }) => candidate.kind !== 'detected' || probe?.reason === '');
  }

  #probe(provider: Provider, kind: Kind, refresh: boolean): Promise<Probe> {
    const known = this.#probes.get(provider);
    // What runs here costs nothing to ask, and a file that has come or gone shows at once.
    const remembered = kind !== 'built_in' && !refresh;
    if (known !== undefined && remembered && performance.now() - known.at < memoryMs) return known.probe;
    const probe = ask((signal) => provider.models(signal), kind === 'detected' ? detectionTimeoutMs : probeTimeoutMs);
    this.#probes.set(provider, { at: performance.now(), probe });
    return probe;
  }
}

const openAiConnection = (environment: Environment): Connection => ({
  slug: 'openai',
  name: 'OpenAI',
  baseUrl: environment.get('OPENAI_BASE_URL') ?? openAiUrl,
  keyVariable: 'OPENAI_API_KEY',
});

const builtInCandidate = (provider: Provider): Candidate => ({
  slug: provider.connection,
  name: provider.connection,
  baseUrl: null,
  keyVariable: null,
  destination: provider.destination,
  keyPresent: false,
  kind: 'built_in',
  limits: null,
  provider,
});

/** The same connection with those of its models that make embeddings. */
async function embeddingProbe({ candidate, probe }: Seen): Promise<Seen> {
  const names = candidate.provider?.embeddingModels?.bind(candidate.provider);
  if (names === undefined || probe?.reason !== '') return { candidate, probe: null };
  return { candidate, probe: await ask(names, probeTimeoutMs) };
}

/** What there is, or why it is not said. */
async function ask(names: Provider['models'], timeoutMs: number): Promise<Probe> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return { models: await names(signal), reason: '' };
  } catch (error) {
    if (error instanceof ProviderError) {
      return { models: [], reason: error.failure.message, reasonCode: error.failure.code };
    }
    if (error === signal.reason) {
      const reason = `It did not answer within ${timeoutMs / 1000} seconds. Check that it runs.`;
      return { models: [], reason, reasonCode: 'unreachable' };
    }
    throw error;
  }
}

function stateOf({ candidate, probe }: Seen): ConnectionState {
  const { slug, name, baseUrl, keyVariable, destination, keyPresent, kind, limits } = candidate;
  const shared = { slug, name, baseUrl, keyVariable, destination, keyPresent, kind, limits };
  if (candidate.provider === null) {
    const { state, reason, reasonCode } = candidate;
    return { ...shared, state, reason, reasonCode, modelCount: 0 };
  }
  const { models, ...why } = probe ?? { models: [], reason: '' };
  return { ...shared, state: why.reason === '' ? 'reachable' : 'unreachable', ...why, modelCount: models.length };
}

const modelsOf = ({ candidate, probe }: Seen): ModelInfo[] =>
  (probe?.models ?? []).map((name) => ({
    reference: `${candidate.slug}/${name}`,
    connection: candidate.slug,
    name,
    destination: candidate.destination,
    standIn: candidate.provider?.standIn ?? false,
  }));
