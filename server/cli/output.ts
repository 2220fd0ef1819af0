/** What a command gives back: one document for programs, and the same as text for people. */
export type CommandResult = { document: unknown; text: string; exitCode?: number };

/** Writes to stdout; resolves when it is written, or when nobody reads on (`whetstone runs list | head -1`). */
export async function print(text: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const settle = (error?: (Error & { code?: string }) | null) => {
    if (error && error.code !== 'EPIPE') reject(error);
    else resolve();
  };
  process.stdout.once('error', settle);
  process.stdout.write(`${text}\n`, settle);
  await promise.finally(() => process.stdout.off('error', settle));
}

/** Writes a line to stderr, where everything goes that is not the answer. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The last line on stderr when a command with `--json` fails. */
export const errorLine = (failure: { code: string; message: string; details: unknown }): string =>
  JSON.stringify({ error: failure });
