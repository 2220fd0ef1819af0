import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../server/storage/database.ts';
import { createStores } from '../../server/storage/stores.ts';
import { startWorkbenchProcess } from './server-process.ts';
import { benchRecording } from './serving/recording.ts';
import { median, percentile, printTable } from './table.ts';

const address = '/api/prompts/bench/classify/production';
const CALLS = 4_000;
const WARM_UP = 500;
const MOST_RATIO = 2;
const modes = [
  ['whole answer', 1, false],
  ['whole answer, 16 at once', 16, false],
  ['304', 1, true],
] as const;

/** A released prompt as programs fetch it, and calls as they report them. */
export async function benchServing(): Promise<boolean> {
  const served = await benchPrompt();
  return (await benchRecording()) && served;
}

/** A released prompt as programs fetch it, beside a bare Express route with the same answer: whether p99 is at most twice as long. */
async function benchPrompt(): Promise<boolean> {
  console.log(`\nServing a released prompt, ${CALLS} calls of each kind, in turns with a bare Express route`);
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  try {
    await seed(folder);
    const workbench = await startWorkbenchProcess(folder);
    try {
      const answer = await fetch(workbench.url + address);
      const tag = answer.headers.get('etag') ?? '';
      const file = path.join(folder, 'served.json');
      await writeFile(file, await answer.text());
      const bare = await startBareRoute(file, tag);
      try {
        return await compare(workbench.url, bare.url, tag);
      } finally {
        bare.stop();
      }
    } finally {
      await workbench.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(workbench: string, bare: string, tag: string): Promise<boolean> {
  const rows: string[][] = [];
  let within = true;
  for (const [name, atOnce, conditional] of modes) {
    const ask = (url: string) => timed(url + address, conditional ? tag : null);
    const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    for (let done = -WARM_UP; done < CALLS; done += atOnce) {
      const ours = await Promise.all(Array.from({ length: atOnce }, () => ask(workbench)));
      const others = await Promise.all(Array.from({ length: atOnce }, () => ask(bare)));
      if (done < 0) continue;
      times.ours.push(...ours);
      times.bare.push(...others);
    }
    const ratio = percentile(times.ours, 0.99) / percentile(times.bare, 0.99);
    within &&= ratio <= MOST_RATIO;
    rows.push([
      name,
      ...[times.ours, times.bare].flatMap((values) => [median(values).toFixed(2), percentile(values, 0.99).toFixed(2)]),
      `${ratio.toFixed(2)}${ratio > MOST_RATIO ? ' missed' : ''}`,
    ]);
  }
  printTable([['ms', 'median', 'p99', 'bare median', 'bare p99', `ratio of p99 (≤ ${MOST_RATIO})`], ...rows]);
  return within;
}

async function timed(url: string, tag: string | null): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, { headers: tag === null ? {} : { 'if-none-match': tag } });
  await response.arrayBuffer();
  const expected = tag === null ? 200 : 304;
  if (response.status !== expected) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - startedAt;
}

async function startBareRoute(file: string, tag: string): Promise<{ url: string; stop(): void }> {
  const script = path.join(import.meta.dirname, 'serving', 'bare-route.ts');
  const child = spawn(process.execPath, [script, file, tag], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), stop: () => child.kill('SIGKILL') };
}

/** Among a hundred prompts, each with a release, and a long template. */
async function seed(folder: string): Promise<void> {
  const { database } = await openDatabase(folder);
  try {
    const { projects, prompts, releases } = createStores(database);
    const project = await projects.create('Bench');
    const rules = Array.from(
      { length: 80 },
      (_, index) => `${index + 1}. Read {{review}} to its end before you answer.`,
    );
    for (const name of ['classify', ...Array.from({ length: 99 }, (_, index) => `other-${index}`)]) {
      const prompt = await prompts.create(project.id, name);
      const { version } = await prompts.addVersion(prompt.id, {
        content: {
          messages: [
            { role: 'system', content: rules.join('\n') },
            { role: 'user', content: '{{review}}' },
          ],
          parameters: { temperature: 0 },
          responseFormat: { type: 'text' },
        },
        note: '',
        author: '',
        parent: null,
      });
      const about = { projectId: project.id, promptId: prompt.id, promptVersionId: version.id };
      const evidence = { runs: [], criteria: [] };
      const release = await releases.create({
        ...about,
        model: 'openai/gpt-5-mini',
        parameters: { temperature: 0 },
        evidence,
        note: '',
        approvedBy: 'bench',
      });
      const move = { promptId: prompt.id, label: 'production', releaseId: release.id };
      await releases.moveLabel({ ...move, kind: 'move', reason: '', author: '' });
    }
  } finally {
    await database.destroy();
  }
}
