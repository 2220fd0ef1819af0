import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { parseJson } from '../../../domain/json.ts';
import type { Wheel } from '../catalogue.ts';
import { SourceError } from './source-error.ts';

const run = promisify(execFile);

/** How pip is called here; it knows the person's index, mirror and proxy. */
export type Pip = readonly [command: string, ...before: string[]];

const spellings: readonly Pip[] = [
  ['pip'],
  ['pip3'],
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
];

const mostOutput = 16 * 2 ** 20;
/** Of a package's source, pip would run the set-up. */
const wheelsOnly = ['--no-deps', '--only-binary', ':all:', '--quiet'];
/** Where the answer is that the index can't be reached, more waiting does not help. */
const network = ['--timeout', '10', '--retries', '1'];

async function call([command, ...before]: Pip, args: readonly string[], signal: AbortSignal): Promise<string> {
  const { stdout } = await run(command, [...before, ...args], {
    signal,
    maxBuffer: mostOutput,
    env: {
      ...process.env,
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
      // Nothing is installed, so what guards against it need not. As variables, because an older pip refuses an option that it does not know.
      PIP_BREAK_SYSTEM_PACKAGES: '1',
      PIP_REQUIRE_VIRTUALENV: '0',
      PIP_USER: '0',
    },
  });
  return stdout;
}

/** The first spelling that works, or null where this machine has no pip. */
export async function findPip(signal: AbortSignal): Promise<Pip | null> {
  for (const pip of spellings) {
    const works = await call(pip, ['--version'], signal).then(
      (text) => text.startsWith('pip '),
      () => false,
    );
    signal.throwIfAborted();
    if (works) return pip;
  }
  return null;
}

const reportSchema = z.object({
  install: z.tuple([z.object({ download_info: z.object({ url: z.url() }) })]),
});

const requirement = (wheel: Wheel) => `${wheel.package}==${wheel.version}`;

/** Where the index has a wheel; null where pip is too old to say (before 22.2). Throws `SourceError`. */
export async function wheelUrl(pip: Pip, wheel: Wheel, signal: AbortSignal): Promise<URL | null> {
  const args = ['install', '--dry-run', '--ignore-installed', ...wheelsOnly, ...network, '--report', '-'];
  const report = await call(pip, [...args, requirement(wheel)], signal).catch((cause: unknown) => {
    if (errorsOf(cause).includes('no such option')) return null;
    throw pipFailed(wheel, cause, signal);
  });
  if (report === null) return null;
  const found = reportSchema.safeParse(parseJson(report));
  if (!found.success) throw new SourceError('pip reports something that can not be read', { cause: found.error });
  return new URL(found.data.install[0].download_info.url);
}

/** Lets pip itself bring a wheel to a folder. Throws `SourceError`. */
export async function downloadWithPip(pip: Pip, wheel: Wheel, directory: string, signal: AbortSignal): Promise<void> {
  const args = ['download', ...wheelsOnly, ...network, '--dest', directory];
  await call(pip, [...args, requirement(wheel)], signal).catch((cause: unknown) => {
    throw pipFailed(wheel, cause, signal);
  });
}

const failedCommand = z.object({ stderr: z.string() });

const errorsOf = (cause: unknown): string => failedCommand.safeParse(cause).data?.stderr ?? '';

/** The last line of pip's errors says why. */
function pipFailed(wheel: Wheel, cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  const lines = errorsOf(cause).trim().split('\n');
  const said =
    lines
      .findLast((line) => line.startsWith('ERROR:'))
      ?.slice('ERROR:'.length)
      .trim() ?? 'it failed';
  return new SourceError(`pip can't get ${requirement(wheel)} (${withoutCredentials(said)})`, { cause });
}

const withoutCredentials = (text: string) => text.replace(/\/\/[^/@\s]+@/g, '//');
