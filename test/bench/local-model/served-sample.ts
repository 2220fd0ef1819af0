import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startWorkbenchProcess, type WorkbenchProcess } from '../server-process.ts';

const runs = z.object({
  runs: z.array(
    z.object({
      id: z.number(),
      status: z.string(),
      statusReason: z.string(),
      prompt: z.string(),
      version: z.number(),
      model: z.string(),
      set: z.string(),
      split: z.string(),
      done: z.number(),
      wallMs: z.number(),
    }),
  ),
});
export type ServedRun = z.infer<typeof runs>['runs'][number];
const projects = z.object({ projects: z.array(z.object({ slug: z.string() })) });

/** A server that a newcomer starts, with the model's file there already. */
export class ServedSample {
  readonly startedAt = performance.now();
  readonly #folder: string;
  readonly #server: WorkbenchProcess;

  private constructor(folder: string, server: WorkbenchProcess) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(models: string): Promise<ServedSample> {
    const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
    const startedAt = performance.now();
    const server = await startWorkbenchProcess(folder, { WHETSTONE_MODELS: models });
    return Object.assign(new ServedSample(folder, server), { startedAt });
  }

  async get(address: string): Promise<unknown> {
    const response = await fetch(this.#server.url + address);
    const text = await response.text();
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text}`);
    return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
  }

  async post(address: string, body: unknown): Promise<void> {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(this.#server.url + address, init);
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }

  /** Null while the sample is not there yet. */
  async project(): Promise<string | null> {
    return projects.parse(await this.get('/api/projects')).projects[0]?.slug ?? null;
  }

  /** Oldest first. */
  async runs(project: string): Promise<ServedRun[]> {
    return runs.parse(await this.get(`/api/projects/${project}/runs`)).runs.reverse();
  }

  /** Waits until every run of the sample is finished, and gives them with the time since the process began. */
  async finished(): Promise<{ ms: number; runs: ServedRun[]; project: string }> {
    for (;;) {
      const project = await this.project();
      const found = project === null ? [] : await this.runs(project);
      const failed = found.find(({ status }) => status === 'failed');
      if (failed !== undefined) throw new Error(`a run of the sample failed: ${failed.statusReason}`);
      if (project !== null && found.length > 0 && found.every(({ status }) => status === 'completed'))
        return { ms: performance.now() - this.startedAt, runs: found, project };
      await sleep(500);
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
