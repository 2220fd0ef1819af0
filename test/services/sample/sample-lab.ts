import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Completion, CompletionRequest } from '../../../server/domain/completion.ts';
import type { Run } from '../../../server/domain/run.ts';
import { createLexiconProvider } from '../../../server/providers/lexicon.ts';
import { type Provider, ProviderError } from '../../../server/providers/provider.ts';
import type { ProviderRegistry } from '../../../server/providers/registry.ts';
import { RunRunner } from '../../../server/services/evaluate/run-runner.ts';
import { openWorkbench } from '../../../server/services/open-workbench.ts';
import { type LocalModels, startSample } from '../../../server/services/sample/start-sample.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { projectRoot } from '../../fixtures/workbench.ts';

/** What `local/…` answers in these tests, and whether its file is there. */
export class LocalModelDouble implements LocalModels {
  ready = false;
  fetches = 0;
  calls: CompletionRequest[] = [];
  answer: (request: CompletionRequest) => Promise<Partial<Completion>> = async () => ({});
  onFetch: (signal: AbortSignal) => Promise<void> = async () => {};

  async isReady(): Promise<boolean> {
    return this.ready;
  }

  async fetch(_name: string, signal: AbortSignal): Promise<void> {
    this.fetches += 1;
    await this.onFetch(signal);
    this.ready = true;
  }

  readonly provider: Provider = {
    connection: 'local',
    destination: 'in_process',
    standIn: false,
    models: async () => ['smollm2-135m'],
    complete: async (request, { signal }) => {
      this.calls.push(request);
      if (!this.ready) {
        const message = 'The file of the model is not there.';
        throw new ProviderError({ code: 'model_not_found', message }, { retryable: false });
      }
      await nextTurn();
      signal.throwIfAborted();
      const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0 };
      const completion: Completion = {
        output: 'positive',
        finishReason: 'stop',
        usage,
        servedModel: null,
        confidence: 0.9,
        notes: [],
      };
      return { ...completion, ...(await this.answer(request)) };
    },
  };
}

export type Start = {
  workbench: Workbench;
  /** Settles when the start has done what there was to do. */
  done: Promise<void>;
  warnings: string[];
  /** Ends it in order, as a signal does. */
  end(): Promise<void>;
};

/** A folder of data that workbenches start on one after the other. */
export class SampleLab {
  readonly local = new LocalModelDouble();
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<SampleLab> {
    const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-sample-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return new SampleLab(folder);
  }

  async start({ download = true } = {}): Promise<Start> {
    const opened = await openWorkbench({
      dataDirectory: this.#folder,
      programDirectory: projectRoot,
      environment: { get: () => undefined, secrets: () => [] },
      detection: [],
      version: 'test',
    });
    const workbench = this.#withLocalModel(opened.workbench);
    const ending = new AbortController();
    const warnings: string[] = [];
    const done = startSample(workbench, {
      programDirectory: projectRoot,
      models: this.local,
      download,
      warn: (text) => warnings.push(text),
      signal: ending.signal,
    });
    const end = async () => {
      ending.abort();
      await Promise.all([workbench.runner.close(), done]);
      await opened.close();
    };
    return { workbench, done, warnings, end };
  }

  #withLocalModel(workbench: Workbench): Workbench {
    const providers: ProviderRegistry = {
      get: async (connection) => (connection === 'local' ? this.local.provider : createLexiconProvider()),
      connections: async () => [],
      models: async () => [],
    };
    const runner = new RunRunner({ ...workbench, providers });
    return { ...workbench, providers, runner };
  }
}

/** All runs of a workbench, oldest first. */
export async function runsOf({ stores }: Workbench): Promise<Run[]> {
  const projects = await stores.projects.list();
  return (await Promise.all(projects.map(({ id }) => stores.runs.list(id)))).flat().reverse();
}
