import type { Connection } from '../domain/connection.ts';

/** A server of models that people run on their own machine, and the port that it listens on unless told otherwise. */
export type LocalServer = { slug: string; name: string; port: number };

export const localServers: readonly LocalServer[] = [
  { slug: 'ollama', name: 'Ollama', port: 11434 },
  { slug: 'lm-studio', name: 'LM Studio', port: 1234 },
  { slug: 'llama-cpp', name: 'llama.cpp', port: 8080 },
  { slug: 'vllm', name: 'vLLM', port: 8000 },
];

/** On this machine a port answers or refuses at once; whatever hangs is no model server. */
export const detectionTimeoutMs = 600;

/** The connection to it, whether it runs or not. */
export const connectionTo = ({ slug, name, port }: LocalServer): Connection => ({
  slug,
  name,
  baseUrl: `http://127.0.0.1:${port}/v1`,
  keyVariable: null,
});
