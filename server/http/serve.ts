import type { Workbench } from '../services/workbench.ts';
import { type AppOptions, createApp } from './app.ts';
import { listen } from './listen.ts';
import { openBrowser } from './open-browser.ts';

export type ServeOptions = AppOptions & {
  port: number;
  host: string;
  /** Shows the workbench in the person's browser. */
  open: boolean;
  /** What goes on behind the pages once they are served; the signal asks it to end. */
  background: (signal: AbortSignal) => Promise<void>;
};

/** Longest time for ending in order; what was stored is safe without it. */
const endWithinMs = 2000;

/** Serves the workbench until the process is asked to end, then gives everything back. Resolves when it listens. */
export async function serve(
  { workbench, close }: { workbench: Workbench; close(): Promise<void> },
  options: ServeOptions,
): Promise<{ url: string; dataDirectory: string; closed: Promise<void> }> {
  const app = createApp(workbench, options);
  const { url, ...server } = await listen(app, options).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (options.open) openBrowser(url);
  const ending = new AbortController();
  const background = options.background(ending.signal);
  const closed = askedToEnd().then(async () => {
    ending.abort();
    await Promise.all([server.close(), workbench.runner.close(), background]);
    await close();
  });
  return { url, dataDirectory: workbench.dataDirectory, closed };
}

/** Resolves at the first signal; at the second one, or when it takes too long, the process ends at once. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = () => {
      if (asked) process.exit(1);
      asked = true;
      setTimeout(() => process.exit(1), endWithinMs).unref();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
