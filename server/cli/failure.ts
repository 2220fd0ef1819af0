import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { z } from 'zod';
import { errorMessage, hasErrorCode, WhetstoneError } from '../domain/errors.ts';
import { ProviderError } from '../providers/provider.ts';

export type Failure = { code: string; message: string; details: Readonly<Record<string, unknown>> };

/** Why a command could not be carried out, in the shape that every error of Whetstone has. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WhetstoneError) return { code: error.code, message: error.message, details: error.details };
  if (error instanceof ProviderError) return { ...error.failure, details: {} };
  if (error instanceof CommanderError) return usageFailure(error);
  if (hasErrorCode(error, 'SQLITE_FULL') || hasErrorCode(error, 'ENOSPC')) {
    const message = 'The disk is full, so that nothing more can be stored. Make room, and give the command again.';
    return { code: 'disk_full', message, details: {} };
  }
  const reason = errorMessage(error);
  return {
    code: 'internal_error',
    message: `Something went wrong in Whetstone itself: ${reason}. The same command with --verbose says where.`,
    details: {},
  };
}

/** What is printed for people; `verbose` adds where it came from. */
export function failureText(error: unknown, verbose: boolean): string {
  const { message, details } = failureOf(error);
  const origin = verbose && !(error instanceof CommanderError) ? ['', inspect(error)] : [];
  return [`Error: ${message}`, ...otherProblems(details), ...origin].join('\n');
}

const fileProblems = z.object({
  problems: z.array(z.object({ line: z.number(), column: z.number().optional(), message: z.string() })),
});

/** What else is wrong in a file; the message has the first. */
function otherProblems(details: Failure['details']): string[] {
  const problems = fileProblems.safeParse(details).data?.problems ?? [];
  return problems
    .slice(1)
    .map(
      ({ line, column, message }) => `  line ${line}${column === undefined ? '' : `, column ${column}`}: ${message}`,
    );
}

/** `commander.unknownOption` → `unknown_option`; commander's message begins with "error: " and may end with "(Did you mean …?)". */
function usageFailure(error: CommanderError): Failure {
  const code = error.code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (code === 'help') {
    return {
      code: 'command_missing',
      message: 'A command is missing. "whetstone --help" shows those there are.',
      details: {},
    };
  }
  const sentence = error.message.replace(/^error: /, '').replace(/\n/g, ' ');
  return {
    code,
    message: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${/[.?)]$/.test(sentence) ? '' : '.'} Add --help to see what can be written.`,
    details: {},
  };
}
