import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const main = path.join(import.meta.dirname, '..', '..', '..', 'server', 'main.ts');

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
  readonly #child: ReturnType<typeof spawnServer>;
  readonly #url: string;

  private constructor(folder: string, child: ReturnType<typeof spawnServer>, url: string) {
    this.#folder = folder;
    this.#child = child;
    this.#url = url;
  }

  static async start(models: string): Promise<ServedSample> {
    const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
    const child = spawnServer(folder, models);
    const startedAt = performance.now();
    const url = await firstAddress(child);
    return Object.assign(new ServedSample(folder, child, url), { startedAt });
  }

  async get(address: string): Promise<unknown> {
    const response = await fetch(this.#url + address);
    const text = await response.text();
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text}`);
    return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
  }

  async post(address: string, body: unknown): Promise<void> {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(this.#url + address, init);
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
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const spawnServer = (folder: string, models: string) =>
  spawn(process.execPath, [main, '--data', folder, '--json', 'serve', '--port', '0', '--no-download'], {
    env: { ...process.env, WHETSTONE_MODELS: models },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function firstAddress(child: ReturnType<typeof spawnServer>): Promise<string> {
  let said = '';
  for await (const piece of child.stdout) {
    said += String(piece);
    const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended: ${said}`);
}
