import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { unavailable } from '../domain/errors.ts';

/** Where keys and addresses come from; they are never stored. */
export type Environment = {
  /** Undefined where it is not set or blank. */
  get(name: string): string | undefined;
  /** Values that no message or log may show: those of variables whose name says so. */
  secrets(): readonly string[];
};

const secretName = /(KEY|TOKEN|SECRET|PASSWORD)$/;
/** Below, it is a switch or a number. */
const shortestSecret = 8;

/**
 * The process's variables, and under them those of a `.env` file, which need not be there. The file is read again when it changed, so that a key can be
 * added without a restart. `get` throws `env_file_unreadable`.
 */
export function createEnvironment(file: string, variables: NodeJS.ProcessEnv = process.env): Environment {
  let read: { version: string; values: NodeJS.Dict<string> } = { version: 'absent', values: {} };
  const fileValues = () => {
    const version = versionOf(file);
    if (version !== read.version) read = { version, values: version === 'absent' ? {} : readValues(file) };
    return read.values;
  };
  return {
    get(name) {
      const value = (variables[name] ?? fileValues()[name])?.trim();
      return value === '' ? undefined : value;
    },
    secrets: () =>
      Object.entries({ ...fileValues(), ...variables })
        .map(([name, value]) => (secretName.test(name) ? (value?.trim() ?? '') : ''))
        .filter((value) => value.length >= shortestSecret),
  };
}

function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? 'absent' : `${stat.ino} ${stat.mtimeNs} ${stat.size}`;
}

function readValues(file: string): NodeJS.Dict<string> {
  try {
    // Editors on Windows write a byte order mark, which would become part of the first name.
    return parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unavailable(
      'env_file_unreadable',
      `${file} can't be read. Make it a text file with lines such as OPENAI_API_KEY=…, readable by you, or remove it.`,
      { cause },
    );
  }
}
