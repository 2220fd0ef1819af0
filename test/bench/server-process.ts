import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

const ready = z.object({ port: z.number() });

/** Our compatible server as a process of its own, so that its time is not counted as the client's. */
export async function startServerProcess(...options: string[]): Promise<{ baseUrl: string; stop(): void }> {
  const script = path.resolve(import.meta.dirname, '../fixtures/compatible-server.ts');
  const child = spawn(process.execPath, [script, '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const { port } = ready.parse(JSON.parse(String(line)));
  return { baseUrl: `http://127.0.0.1:${port}/v1`, stop: () => child.kill('SIGKILL') };
}
