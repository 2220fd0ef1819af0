import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile, printTable } from '../table.ts';
import { type ServedRun, ServedSample } from './served-sample.ts';

const requests = 100;
const budget = { firstStartSeconds: 180, busy: 2 };

/** A first start with the model's file there: how long until the sample's runs are finished, and how pages answer while the model works. */
export async function benchSample(models: string): Promise<boolean> {
  const server = await ServedSample.start(models);
  try {
    const { ms, runs, project } = await server.finished();
    console.log('\nFirst start to the finished runs of the sample, seconds');
    printTable([
      ['', 'seconds'],
      ...runs.map(({ version, split, done, model, wallMs }) => [
        `version ${version} on ${split}, ${done} cases, ${model}`,
        seconds(wallMs),
      ]),
      ['from the start of the process', seconds(ms), `(budget ≤ ${budget.firstStartSeconds})`],
    ]);
    const pagesInTime = await benchPages(server, project, runs);
    return ms / 1000 <= budget.firstStartSeconds && pagesInTime;
  } finally {
    await server.stop();
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/** Times of the same requests, at rest and while a run of the newest version asks the model. */
async function benchPages(server: ServedSample, project: string, runs: readonly ServedRun[]): Promise<boolean> {
  const [first] = runs;
  const newest = runs.toSorted((a, b) => b.version - a.version)[0];
  if (first === undefined || newest === undefined) throw new Error('the sample has no run');
  const addresses = ['/', '/api/projects', `/api/projects/${project}/chart`, `/api/runs/${first.id}/results`];
  // What is compiled on first use is not counted.
  await measure(server, addresses);
  const idle = await measure(server, addresses);
  const { prompt, version, set, model } = newest;
  await server.post(`/api/projects/${project}/runs`, { prompt, version, set, model, repeats: 10, useCache: false });
  const id = await begun(server, project);
  const busy = await measure(server, addresses);
  const run = (await server.runs(project)).find((one) => one.id === id);
  if (run?.status !== 'running') throw new Error(`the run was ${run?.status} before the pages were measured`);
  await server.post(`/api/runs/${id}/cancel`, {});
  return report(addresses, idle, busy);
}

/** The newest run, once the model has answered some of it. */
async function begun(server: ServedSample, project: string): Promise<number> {
  for (;;) {
    const run = (await server.runs(project)).at(-1);
    if (run?.status === 'running' && run.done > 0) return run.id;
    await sleep(100);
  }
}

/** Milliseconds of each request to each address, one after another. */
async function measure(server: ServedSample, addresses: readonly string[]): Promise<number[][]> {
  const times = addresses.map((): number[] => []);
  for (let request = 0; request < requests; request += 1) {
    for (const [index, address] of addresses.entries()) {
      const startedAt = performance.now();
      await server.get(address);
      times[index]?.push(performance.now() - startedAt);
    }
  }
  return times;
}

function report(addresses: readonly string[], idle: number[][], busy: number[][]): boolean {
  const rows = addresses.map((address, index) => {
    const [rest, work] = [idle[index] ?? [], busy[index] ?? []];
    return { address, rest, work, ratio: median(work) / median(rest) };
  });
  console.log(`\nPages while the model works: ${requests} requests each, one after another, ms`);
  printTable([
    ['', 'idle median', 'p95', 'busy median', 'p95', 'median ÷ idle'],
    ...rows.map(({ address, rest, work, ratio }) => [
      address,
      ...[median(rest), percentile(rest, 0.95), median(work), percentile(work, 0.95)].map((ms) => ms.toFixed(1)),
      `${ratio.toFixed(2)} (budget ≤ ${budget.busy})`,
    ]),
  ]);
  return rows.every(({ ratio }) => ratio <= budget.busy);
}
