import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Measured, OverTime, runContender, type Task } from './engine/contender.ts';
import { allCells, budgetCells, type Cell, defaultCells, quickCells, waitMs } from './engine/grid.ts';
import { installPeers } from './engine/peers.ts';
import { cpuMs, startServerProcess } from './server-process.ts';
import { median, rowPrinter, spread } from './table.ts';

const rounds = 7;
const budget = 1.5;
/** Longest that a peer may take for a cell. */
const peerLimitMs = 180_000;

type Contender = (task: Task) => Promise<Measured>;

const head = [
  'delay',
  'cases',
  'at a time',
  'contender',
  'ms a case',
  '× bare',
  'own CPU, ms a case',
  'peak MB',
  'database MB',
  "server's CPU, ms a case",
];

/**
 * What a case takes beyond the server's own time, the memory at most and the database: a bare loop of the `openai` package, Whetstone and, with `--peers`,
 * other tools, each in a process of its own against the same server, which is one as well. `--all` measures every cell, `--quick` a few.
 */
export async function benchEngine(options: ReadonlySet<string>): Promise<boolean> {
  const peers = options.has('--peers') ? await installPeers(peerLimitMs) : null;
  const contenders: [string, Contender][] = [
    ['bare openai loop', runBareLoop],
    ['Whetstone', runWhetstone],
    ...Object.entries(peers === null ? {} : { promptfoo: peers.promptfoo, evalite: peers.evalite }),
  ];
  try {
    const cells = options.has('--all') ? allCells : options.has('--quick') ? quickCells : defaultCells;
    await printCells(cells, contenders);
    if (cells.length < allCells.length) {
      const left = allCells.filter((cell) => !cells.includes(cell));
      const why = options.has('--quick') ? '' : ', as they mostly wait';
      console.log(`Left out${why} (--all measures them): ${left.map(cellName).join('; ')}.`);
    }
    if (peers === null) console.log('Left out: promptfoo and evalite (--peers measures them).');
    return await compareWithBareLoop();
  } finally {
    await peers?.remove();
  }
}

/** Each row as it is measured: who ends a long table keeps what there is. */
async function printCells(cells: readonly Cell[], contenders: readonly [string, Contender][]): Promise<void> {
  console.log(`\nA case beyond the server's own time, in one run: each contender in a process of its own, warmed up`);
  const waits = cells.reduce((sum, cell) => sum + waitMs(cell), 0) / 60_000;
  if (waits >= 1) console.log(`For ${waits.toFixed(0)} minutes of it each contender waits for the server's delay.`);
  const begun = cells.flatMap((cell) => contenders.map(([name]) => [...columnsOf(cell), name]));
  const print = rowPrinter([head, ...begun]);
  print(head);
  /** By contender, delay and number at a time: what its largest number of cases so far took. */
  const known = new Map<string, { cases: number; wallMs: number }>();
  for (const cell of cells) {
    let bareMs = Number.NaN;
    for (const [name, contender] of contenders) {
      const key = `${name} ${cell.delayMs} ${cell.concurrency}`;
      const row = [...columnsOf(cell), name];
      const left = isOurs(name) ? null : leftOut(cell, known.get(key));
      const measured = left === null ? await measureCell(cell, contender) : null;
      if (measured === null) {
        print([...row, left ?? `over ${peerLimitMs / 1000} s in all`]);
        known.set(key, { cases: cell.cases, wallMs: Number.POSITIVE_INFINITY });
        continue;
      }
      known.set(key, { cases: cell.cases, wallMs: measured.wallMs });
      const beyond = (measured.wallMs - waitMs(cell)) / cell.cases;
      if (contender === runBareLoop) bareMs = beyond;
      print([...row, beyond.toFixed(3), (beyond / bareMs).toFixed(2), ...otherColumns(cell, measured)]);
    }
  }
}

/** Why a peer is not asked for a cell that would take it longer than it may; null where it is. */
function leftOut(cell: Cell, fewer: { cases: number; wallMs: number } | undefined): string | null {
  if (waitMs(cell) > peerLimitMs) return `not measured: the delay alone takes ${waitMs(cell) / 1000} s`;
  if (fewer === undefined || (fewer.wallMs * cell.cases) / fewer.cases <= peerLimitMs) return null;
  const took = Number.isFinite(fewer.wallMs) ? `${(fewer.wallMs / 1000).toFixed(0)} s` : 'too long';
  return `not measured: ${fewer.cases.toLocaleString('en')} cases took ${took}`;
}

type MeasuredCell = Measured & { serverCpuMs: number | null };

/** Null for what takes longer than it may. */
async function measureCell(cell: Cell, contender: Contender): Promise<MeasuredCell | null> {
  const server = await startServerProcess('--delay', String(cell.delayMs));
  try {
    const idle = await cpuMs(server.pid);
    const measured = await contender({ ...cell, baseUrl: server.baseUrl });
    const busy = await cpuMs(server.pid);
    return { ...measured, serverCpuMs: busy === null || idle === null ? null : busy - idle };
  } catch (error) {
    if (error instanceof OverTime) return null;
    throw error;
  } finally {
    server.stop();
  }
}

function otherColumns({ cases }: Cell, { cpuMs, peakBytes, databaseBytes, serverCpuMs }: MeasuredCell): string[] {
  const aCase = (ms: number | null) => (ms === null ? '–' : (ms / cases).toFixed(3));
  const database = databaseBytes === null ? '–' : megabytes(databaseBytes, 1);
  return [aCase(cpuMs), megabytes(peakBytes), database, aCase(serverCpuMs)];
}

const columnsOf = ({ delayMs, cases, concurrency }: Cell): string[] => [
  `${delayMs} ms`,
  cases.toLocaleString('en'),
  String(concurrency),
];

/** The ratios that have a budget, several times in turns, so that what else the machine does falls on both. */
async function compareWithBareLoop(): Promise<boolean> {
  console.log(`\nAgainst the bare loop, in ${rounds} rounds in turns: wall and own CPU time, ms a case`);
  const cellHead = ['cases', 'at a time', '', 'min', 'median', 'max'];
  const print = rowPrinter([cellHead, ['2,000', '128', 'bare openai loop, CPU', '0.000']]);
  print(cellHead);
  const withinBudget: boolean[] = [];
  for (const cell of budgetCells) {
    const server = await startServerProcess();
    try {
      const bare: Measured[] = [];
      const whole: Measured[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const task = { ...cell, baseUrl: server.baseUrl };
        bare.push(await runBareLoop(task));
        whole.push(await runWhetstone(task));
      }
      const ratios = whole.map(({ wallMs }, round) => wallMs / (bare[round]?.wallMs ?? Number.NaN));
      const [, ...which] = columnsOf(cell);
      for (const [name, measured] of [['bare openai loop', bare] as const, ['Whetstone', whole] as const]) {
        print([...which, name, ...spread(measured.map(({ wallMs }) => wallMs / cell.cases))]);
        print([...which, `${name}, CPU`, ...spread(measured.map(({ cpuMs }) => (cpuMs ?? Number.NaN) / cell.cases))]);
      }
      print([...which, 'ratio', ...spread(ratios, 2), `(budget: median ≤ ${budget.toFixed(1)})`]);
      withinBudget.push(median(ratios) <= budget);
    } finally {
      server.stop();
    }
  }
  return withinBudget.every((within) => within);
}

const runBareLoop: Contender = (task) => runContender(scriptOf('bare-loop'), task);

async function runWhetstone(task: Task): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  try {
    return await runContender(scriptOf('whetstone'), task, { arguments: ['--folder', folder] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isOurs = (name: string): boolean => name === 'Whetstone' || name === 'bare openai loop';

const scriptOf = (name: string): string => path.resolve(import.meta.dirname, 'engine', `${name}.ts`);

const megabytes = (bytes: number, digits = 0): string => (bytes / 1e6).toFixed(digits);

const cellName = ({ delayMs, cases, concurrency }: Cell): string =>
  `${cases.toLocaleString('en')} cases, ${concurrency} at a time, ${delayMs} ms delay`;
