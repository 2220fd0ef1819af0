import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Measured, OverTime, runContender, type Task } from './engine/contender.ts';
import { allCells, budgetCell, type Cell, defaultCells, quickCells, waitMs } from './engine/grid.ts';
import { installPeers } from './engine/peers.ts';
import { cpuMs, startServerProcess } from './server-process.ts';
import { median, printTable, spread } from './table.ts';

const rounds = 5;
const budget = 1.5;
/** Peers can take minutes for more. */
const mostCasesOfPeers = 2000;
/** Longest that a peer may take for a cell. */
const peerLimitMs = 180_000;

type Contender = (task: Task) => Promise<Measured>;

/**
 * What a case takes beyond the server's own time, the memory at most and the database: a bare loop of the `openai` package, Whetstone and, with `--peers`,
 * other tools, each in a process of its own against the same server, which is one as well. `--all` measures every cell, `--quick` a few.
 */
export async function benchEngine(options: ReadonlySet<string>): Promise<boolean> {
  const peers = options.has('--peers') ? await installPeers(peerLimitMs) : null;
  const contenders: Readonly<Record<string, Contender>> = {
    'bare openai loop': runBareLoop,
    Whetstone: runWhetstone,
    ...(peers && { promptfoo: peers.promptfoo, evalite: peers.evalite }),
  };
  try {
    const cells = options.has('--all') ? allCells : options.has('--quick') ? quickCells : defaultCells;
    console.log(`\nA case beyond the server's own time, in one run: each contender in a process of its own, warmed up`);
    const rows = [
      [
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
      ],
    ];
    for (const cell of cells) {
      const measured = Object.entries(contenders).filter(
        ([name]) => isOurs(name) || options.has('--all') || cell.cases <= mostCasesOfPeers,
      );
      rows.push(...(await measureCell(cell, measured)));
    }
    printTable(rows);
    if (cells.length < allCells.length) {
      const left = allCells.filter((cell) => !cells.includes(cell));
      const why = options.has('--quick') ? '' : ', as they mostly wait';
      console.log(`Left out${why} (--all measures them): ${left.map(cellName).join('; ')}.`);
    }
    if (peers === null) console.log('Left out: promptfoo and evalite (--peers measures them).');
    else if (!options.has('--all'))
      console.log(`Left out: peers at more than ${mostCasesOfPeers} cases (--all measures them).`);
    return await compareWithBareLoop();
  } finally {
    await peers?.remove();
  }
}

async function measureCell(cell: Cell, contenders: [string, Contender][]): Promise<string[][]> {
  const rows: string[][] = [];
  let bareMs = Number.NaN;
  for (const [name, contender] of contenders) {
    const server = await startServerProcess('--delay', String(cell.delayMs));
    try {
      const idle = await cpuMs(server.pid);
      const measured = await withinLimit(contender({ ...cell, baseUrl: server.baseUrl }));
      if (measured === null) {
        rows.push([...columnsOf(cell), name, `over ${peerLimitMs / 1000} s in all`]);
        continue;
      }
      const { wallMs, cpuMs: ownMs, peakBytes, databaseBytes } = measured;
      const beyond = (wallMs - waitMs(cell)) / cell.cases;
      if (contender === runBareLoop) bareMs = beyond;
      const busy = await cpuMs(server.pid);
      rows.push([
        ...columnsOf(cell),
        name,
        beyond.toFixed(3),
        (beyond / bareMs).toFixed(2),
        ownMs === null ? '–' : (ownMs / cell.cases).toFixed(3),
        megabytes(peakBytes),
        databaseBytes === null ? '–' : megabytes(databaseBytes, 1),
        busy === null || idle === null ? '–' : ((busy - idle) / cell.cases).toFixed(3),
      ]);
    } finally {
      server.stop();
    }
  }
  return rows;
}

const columnsOf = ({ delayMs, cases, concurrency }: Cell): string[] => [
  `${delayMs} ms`,
  cases.toLocaleString('en'),
  String(concurrency),
];

/** Null for what takes longer than it may. */
const withinLimit = (measuring: Promise<Measured>): Promise<Measured | null> =>
  measuring.catch((error: unknown) => {
    if (error instanceof OverTime) return null;
    throw error;
  });

/** The ratio that has a budget, several times in turns, so that what else the machine does falls on both. */
async function compareWithBareLoop(): Promise<boolean> {
  const server = await startServerProcess();
  try {
    const bare: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const task = { ...budgetCell, baseUrl: server.baseUrl };
      bare.push((await runBareLoop(task)).wallMs / budgetCell.cases);
      whole.push((await runWhetstone(task)).wallMs / budgetCell.cases);
    }
    const ratios = whole.map((ms, round) => ms / (bare[round] ?? Number.NaN));
    console.log(`\nAgainst the bare loop: ${cellName(budgetCell)}, ${rounds} rounds in turns`);
    printTable([
      ['', 'min', 'median', 'max'],
      ['bare openai loop, ms a case', ...spread(bare)],
      ['Whetstone, ms a case', ...spread(whole)],
      ['ratio', ...spread(ratios), `(budget ≤ ${budget.toFixed(1)})`],
    ]);
    return median(ratios) <= budget;
  } finally {
    server.stop();
  }
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
