import type { ErrorLimit } from '../domain/run.ts';
import type { Verdict } from '../domain/statistics/comparison.ts';

/** `interrupted` is the shell's own convention for Ctrl-C: 128 + the number of SIGINT. */
export const exitCodes = { done: 0, gateFailed: 1, wrong: 2, tooManyErrors: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `Exit codes:
  0    done; of run --batch without --wait: the batches are sent
  1    a gate failed: the pass rate is below --fail-under or there is none, the verdict against --baseline is "worse",
       the run rests unfinished (its cost cap, or a pause or cancellation from elsewhere), "prompts check" warns,
       or "prompts pull" or "push" found both sides changed
  2    the command or a file was wrong, or it could not be carried out; the message says what, where and how to mend it
  3    the run ended with errors above --max-errors; this goes before 1, because such a pass rate can't be trusted
  130  interrupted by Ctrl-C

With --json, stdout is exactly one JSON document. Where there is none to give (always with 2) stdout is empty, and the
last line on stderr is {"error": {"code", "message", "details"}}. Progress and notes go to stderr.`;

export type RunEnd = {
  status: string;
  errors: number;
  total: number;
  passRate: number | null;
  maxErrors: ErrorLimit;
};
export type Gates = { failUnder: number | null; verdict: Verdict | null };

/** What a run that rests means for the caller. */
export function runExitCode(end: RunEnd, gates: Gates): ExitCode {
  if (end.status === 'failed' || errorsAbove(end)) return exitCodes.tooManyErrors;
  if (end.status !== 'completed') return exitCodes.gateFailed;
  if (gates.failUnder !== null && (end.passRate === null || end.passRate < gates.failUnder))
    return exitCodes.gateFailed;
  return gates.verdict === 'worse' ? exitCodes.gateFailed : exitCodes.done;
}

function errorsAbove({ errors, total, maxErrors }: RunEnd): boolean {
  return maxErrors.type === 'count' ? errors > maxErrors.value : errors > maxErrors.value * total;
}
