import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { launchBrowser } from '../../browser/find-browser.ts';
import { startWorkbenchProcess } from '../server-process.ts';
import { printTable } from '../table.ts';
import { seedWorkbench } from './seed.ts';

const results = 100_000;
const rows = 2_000;
const budgetMs = 50;
const rounds = 3;
const WHEEL_PX = 240;
const WHEEL_EVERY_MS = 16;
const SETTLED_MS = 1_500;

/** A task of a main thread: until it ended, and how long the thread worked for it. */
type Task = { wallMs: number; workMs: number };
type Scrolled = { rows: number; tasks: readonly Task[] };

/** Longest task of the page's main thread while 2,000 rows of a run of 100,000 results go by, beside the same over a bare page of as many rows. */
export async function benchScroll(): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  try {
    const { long } = await seedWorkbench(folder, { cases: results, runs: 1, casesOfEach: 10 });
    const server = await startWorkbenchProcess(folder);
    const browser = await launchBrowser();
    try {
      return await compare(browser, `${server.url}/projects/long-runs/runs/${long}?outcome=all`);
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Scrolls both in turn and prints a table; whether no task of ours was longer than the budget. What the thread worked decides: until a task ended is
 * printed too, but on a machine without a graphics card drawing, and whatever else runs, takes the cores from it.
 */
export async function compare(browser: Browser, address: string): Promise<boolean> {
  const ours: Scrolled[] = [];
  const bare: Scrolled[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await scroll(browser, openBare));
    ours.push(await scroll(browser, (page) => openRun(page, address)));
  }
  const row = (name: string, all: readonly Scrolled[]) => [
    name,
    Math.min(...all.map(({ rows }) => rows)).toFixed(0),
    longest(all, 'wallMs').toFixed(1),
    longest(all, 'workMs').toFixed(1),
    tasksOf(all)
      .filter(({ wallMs }) => wallMs > budgetMs)
      .length.toFixed(0),
  ];
  const ratio = (time: keyof Task) => (longest(ours, time) / longest(bare, time)).toFixed(2);
  console.log(`\nScrolling through ${rows} rows by the wheel, ${rounds} rounds: the longest task of the main thread`);
  printTable([
    ['', 'rows', 'wall ms', 'work ms', `wall over ${budgetMs} ms`],
    row(`bare page of ${rows} rows`, bare),
    row(`run of ${results} results`, ours),
    ['ratio', '', ratio('wallMs'), ratio('workMs'), `(budget: work ≤ ${budgetMs} ms)`],
  ]);
  return longest(ours, 'workMs') <= budgetMs;
}

const tasksOf = (all: readonly Scrolled[]): Task[] => all.flatMap(({ tasks }) => tasks);
const longest = (all: readonly Scrolled[], time: keyof Task): number =>
  tasksOf(all).reduce((most, task) => Math.max(most, task[time]), 0);

/** Opens the box that scrolls and gives the row that is seen last in it. */
type Open = (page: Page) => Promise<() => Promise<number>>;

async function scroll(browser: Browser, open: Open): Promise<Scrolled> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const lastSeen = await open(page);
  await page.waitForTimeout(SETTLED_MS);
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  let seen = 0;
  for (let wheels = 1; seen < rows - 1; wheels += 1) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.waitForTimeout(WHEEL_EVERY_MS);
    if (wheels % 50 === 0) seen = await lastSeen();
    if (wheels > 4 * rows) throw new Error(`the list stands still at row ${seen}`);
  }
  const trace = (await browser.stopTracing()).toString('utf8');
  await page.close();
  return { rows: seen, tasks: mainTasks(trace) };
}

async function openRun(page: Page, address: string): Promise<() => Promise<number>> {
  await page.goto(address);
  await page.locator('tr[data-index="0"]').getByText('failed').waitFor();
  await page.locator('tr[data-index="3"]').hover();
  return () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('tr[data-index]')].map((row) => Number(row.getAttribute('data-index'))),
      ),
    );
}

async function openBare(page: Page): Promise<() => Promise<number>> {
  const row = (index: number) =>
    `<tr><td>${index}</td><td>The soup of day ${index} was warm and the waiter kind.</td><td>positive</td><td>negative</td></tr>`;
  const body = Array.from({ length: rows }, (_, index) => row(index)).join('');
  await page.setContent(
    `<div id="box" style="height:70vh;overflow:auto"><table><style>td{height:53px;padding:0}</style>${body}</table></div>`,
  );
  await page.locator('#box').hover();
  return () =>
    page.evaluate(() => {
      const box = document.getElementById('box');
      return box === null ? 0 : Math.round((box.scrollTop + box.clientHeight) / (box.scrollHeight / 2_000));
    });
}

const event = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z.record(z.string(), z.unknown()).default({}),
});
const traced = z.object({ traceEvents: z.array(event) });

function mainTasks(trace: string): Task[] {
  const { traceEvents } = traced.parse(JSON.parse(trace));
  const threadOf = ({ pid, tid }: { pid: number; tid: number }) => `${pid}:${tid}`;
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, ...at }) => name === 'RunTask' && ph === 'X' && mains.has(threadOf(at)),
  );
  if (tasks.length === 0) throw new Error('the trace has no task of a main thread');
  return tasks.map(({ dur, tdur }) => ({ wallMs: dur / 1_000, workMs: tdur / 1_000 }));
}
