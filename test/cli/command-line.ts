import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The real command line in processes of its own, over one temporary folder. */
export type CommandLine = {
  /** Temporary folder; the database is in `data`. */
  folder: string;
  data: string;
  /** Variables of its processes. */
  environment: NodeJS.ProcessEnv;
  run(...args: string[]): Promise<Ended>;
  /** With `--json`: expects success and gives the document. */
  json(...args: string[]): Promise<Record<string, unknown>>;
  start(...args: string[]): Started;
  /** Writes a file to the folder and gives its path. */
  file(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
};

export type Ended = { code: number | null; stdout: string; stderr: string };
export type Started = {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when stderr holds the text. */
  said(text: string): Promise<void>;
};

const main = path.resolve(import.meta.dirname, '../../server/main.ts');

/** `variables` are added to an environment without any key, address or file of a model. */
export async function openCommandLine(variables: Record<string, string> = {}): Promise<CommandLine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-cli-'));
  const data = path.join(folder, 'data');
  const models = path.join(folder, 'models');
  const own = { HOME: folder, WHETSTONE_DATA: data, WHETSTONE_MODELS: models, OPENAI_API_KEY: '' };
  const environment = { PATH: process.env.PATH, ...own, ...variables };
  const start = (...args: string[]) => startProcess(args, environment);
  return {
    folder,
    data,
    environment,
    start,
    run: (...args) => start(...args).ended,
    json: (...args) => expectJson(args, start(...args, '--json').ended),
    async file(name, text) {
      const file = path.join(folder, name);
      await writeFile(file, text);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The document that a command printed; throws where it failed. */
export async function expectJson(args: readonly string[], ended: Promise<Ended>): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await ended;
  if (code !== 0) throw new Error(`whetstone ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

function startProcess(args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of waiting) look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stderr.includes(text) && resolve();
      waiting.add(look);
      look();
      ended.then(() => reject(new Error(`It ended without saying "${text}": ${stderr}`)), reject);
    });
  return { process: child, ended, said };
}
