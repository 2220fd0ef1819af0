import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { collectEarly } from './services/collect-early.ts';

type Folders = { data?: string; scorers?: string; prompts?: string };

const program = path.dirname(import.meta.dirname);

// Whoever reads may have seen enough, as in `whetstone runs list | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

// Before anything else is loaded: the database crashes an older Node instead of refusing it.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Node 24 or newer is needed, and this is ${process.version}. "npm start" and "npm run -s whetstone" use the project's own.\n`,
  );
  process.exitCode = 2;
} else {
  process.exitCode = await main();
}

/** Puts the parts together and hands them to the command line. */
async function main(): Promise<number> {
  // Starts in half the time and takes less memory from the second start on.
  enableCompileCache();
  collectEarly();
  growSpaceOfNewObjects(false);
  const { runCli } = await import('./cli/main.ts');
  const { createEnvironment } = await import('./providers/environment.ts');
  const { openWorkbench } = await import('./services/open-workbench.ts');
  growSpaceOfNewObjects(true);

  const { version }: { version: string } = JSON.parse(readFileSync(path.join(program, 'package.json'), 'utf8'));
  // An installed package keeps nothing in its own folder, which the next version replaces.
  const home = import.meta.filename.endsWith('.ts') ? program : process.cwd();
  const environment = createEnvironment(path.join(home, '.env'));
  const modelsDirectory = path.resolve(environment.get('WHETSTONE_MODELS') ?? path.join(home, 'data', 'models'));
  const open = ({ data = path.join(home, 'data'), scorers = path.join(home, 'evals', 'scorers'), prompts }: Folders) =>
    openWorkbench({
      dataDirectory: data,
      modelsDirectory,
      scorersDirectory: scorers,
      promptsDirectory: prompts,
      programDirectory: program,
      environment,
      version,
    });

  return runCli(process.argv, {
    version,
    token: () => environment.get('WHETSTONE_TOKEN'),
    openWorkbench: open,
    async serve({ data, scorers, prompts, download, keepTraces, ...options }) {
      growSpaceOfNewObjects(false);
      const { createLog } = await import('./http/log.ts');
      const { serve } = await import('./http/serve.ts');
      const { followBatches } = await import('./services/evaluate/follow-batches.ts');
      const { pruneTraces } = await import('./services/monitor/prune-traces.ts');
      const { watchAlerts } = await import('./services/monitor/watch-alerts.ts');
      const { scoreOnline } = await import('./services/monitor/score-online.ts');
      const { startSample } = await import('./services/sample/start-sample.ts');
      growSpaceOfNewObjects(true);
      const log = createLog(process.stderr, () => environment.secrets());
      const opened = await open({ data, scorers, prompts });
      const sample = (signal: AbortSignal) =>
        startSample(opened.workbench, {
          programDirectory: program,
          models: opened.workbench.modelDownloads,
          download,
          warn: (text) => log.warn(text),
          signal,
        }).catch((error: unknown) => log.error(error, 'the sample could not be run'));
      const batches = (signal: AbortSignal) =>
        followBatches(opened.workbench, signal).catch((error: unknown) => log.error(error, 'batches are not followed'));
      const alerts = (signal: AbortSignal) =>
        watchAlerts(opened.workbench, signal, (error) => log.error(error, 'alerts could not be checked'));
      const online = (signal: AbortSignal) =>
        scoreOnline(opened.workbench, signal, (error) => log.warn(error, 'production calls could not be scored'));
      const traces = async (signal: AbortSignal) => {
        if (keepTraces === undefined) return;
        await pruneTraces(opened.workbench, keepTraces, signal, (error) =>
          log.error(error, 'traces could not be deleted'),
        );
      };
      const background = async (signal: AbortSignal) => {
        await Promise.all([sample(signal), batches(signal), online(signal), alerts(signal), traces(signal)]);
      };
      const server = await serve(opened, { ...options, pages: path.join(program, 'dist', 'web'), log, background });
      giveBackMemory();
      return server;
    },
  });
}

/** It would grow with the modules that are loaded, as these all stay, and not give the 30 MB back: an idle server needs little of it. 2 is V8's own factor. */
function growSpaceOfNewObjects(grows: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${grows ? 2 : 1}`);
}

/** What only starting needed, some 20 MB: V8 keeps it until memory runs low, and offers a way to ask for it through this flag only. */
function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' });
}
