import type { Connection } from '../domain/connection.ts';
import type { DataDestination, ModelInfo, ModelPurpose } from '../domain/model.ts';
import type { RateLimits } from '../domain/request-pacer.ts';
import type { Provider } from './provider.ts';

export type ConnectionState = Omit<Connection, 'baseUrl'> & {
  /** Null for what runs in this process. */
  baseUrl: string | null;
  destination: DataDestination;
  keyPresent: boolean;
  kind: 'built_in' | 'environment' | 'detected' | 'added';
  state: 'reachable' | 'unreachable' | 'no_key';
  /** Why it can't be used; empty where it can. */
  reason: string;
  reasonCode?: string;
  modelCount: number;
  /** Null where nothing is asked over a network, so that there is nothing to limit. */
  limits: RateLimits | null;
};

/** Finds what answers for a model reference. */
export type ProviderRegistry = {
  /** Asks no server: whether it answers shows in the first call. Throws `connection_missing`, `connection_key_missing`, `connection_address_invalid`. */
  get(connection: string): Promise<Provider>;
  /** States are remembered for a short time; `refresh` asks again. */
  connections(options?: { refresh?: boolean }): Promise<ConnectionState[]>;
  /** Models of every connection that answers; those that answer themselves unless said. */
  models(options?: { refresh?: boolean; purpose?: ModelPurpose }): Promise<ModelInfo[]>;
};
