import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { createStores, type Stores } from '../../../server/storage/stores.ts';
import { startWorkbenchProcess } from '../server-process.ts';
import { median, percentile, printTable } from '../table.ts';

const CALLS = 4_000;
const WARM_UP = 500;
const MOST_RATIO = 2;
const scorers = ['json-valid', 'regex:^(?:positive|negative)$', 'not:refusal', 'javascript:output.length < 200'];

/** Production calls as programs report them, to a server that scores each of them and in turns to one that scores none: whether p99 is at most twice as long. */
export async function benchRecording(): Promise<boolean> {
  console.log(
    `\nRecording ${CALLS} production calls, each scored by ${scorers.join(', ')}, in turns with a server that scores none`,
  );
  const folders = await Promise.all([true, false].map((scored) => seeded(scored)));
  const servers = await Promise.all(folders.map((folder) => startWorkbenchProcess(folder)));
  try {
    const times: number[][] = servers.map(() => []);
    for (let done = -WARM_UP; done < CALLS; done++) {
      for (const [at, { url }] of servers.entries()) {
        const ms = await recorded(url, done);
        if (done >= 0) times[at]?.push(ms);
      }
    }
    const [scored = [], plain = []] = times;
    const ratio = percentile(scored, 0.99) / percentile(plain, 0.99);
    const figures = [scored, plain].flatMap((all) => [median(all).toFixed(2), percentile(all, 0.99).toFixed(2)]);
    printTable([
      ['ms', 'median', 'p99', 'unscored median', 'unscored p99', `ratio of p99 (≤ ${MOST_RATIO})`],
      ['POST /api/observations', ...figures, `${ratio.toFixed(2)}${ratio > MOST_RATIO ? ' missed' : ''}`],
    ]);
    console.log(
      `${await scoredCalls(folders[0] ?? '')} of ${CALLS + WARM_UP} calls were scored when the last was recorded.`,
    );
    return ratio <= MOST_RATIO;
  } finally {
    for (const server of servers) await server.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

async function recorded(url: string, number: number): Promise<number> {
  const body = {
    project: 'bench',
    release: 1,
    input: { review: `Review ${number}` },
    output: 'positive',
    latencyMs: 420,
  };
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/observations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - startedAt;
}

async function withStores<T>(folder: string, work: (stores: Stores) => Promise<T>): Promise<T> {
  const { database } = await openDatabase(folder);
  try {
    return await work(createStores(database));
  } finally {
    await database.destroy();
  }
}

async function seeded(scored: boolean): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  await withStores(folder, async ({ projects, prompts, releases, onlineScorings }) => {
    const project = await projects.create('Bench');
    const prompt = await prompts.create(project.id, 'classify');
    const { version } = await prompts.addVersion(prompt.id, {
      content: {
        messages: [{ role: 'user', content: '{{review}}' }],
        parameters: {},
        responseFormat: { type: 'text' },
      },
      note: '',
      author: '',
      parent: null,
    });
    await releases.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model: 'openai/gpt-5-mini',
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: '',
      approvedBy: 'bench',
    });
    const scoring = {
      scorers: scorers.map(parseScorerSpec),
      share: 1,
      unreleased: false,
      fromId: 0 as const,
      author: '',
    };
    if (scored) await onlineScorings.begin(prompt.id, scoring);
  });
  return folder;
}

const scoredCalls = (folder: string): Promise<number> =>
  withStores(folder, async ({ onlineScorings }) => (await onlineScorings.live())[0]?.seenId ?? 0);
