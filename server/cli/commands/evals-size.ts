import { type Command, InvalidArgumentError } from 'commander';
import { assumedRate, type SetSize, setSizeFor } from '../../domain/set-size.ts';
import { proofPower } from '../../domain/statistics/target-proof.ts';
import { parseRate } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';

/** `whetstone evals size` */
export function addSizeCommand(evals: Command, runner: CommandRunner): void {
  evals
    .command('size')
    .description('how many holdout cases show that a target pass rate is reached, by the lower bound of its interval')
    .requiredOption('--target <rate>', 'pass rate that has to be shown', parseTarget)
    .option(
      '--assume <rate>',
      'true pass rate that is taken for granted (default: five points above the target)',
      parseRate,
    )
    .action(async ({ target, assume }: { target: number; assume?: number }, command: Command) => {
      const size = setSizeFor({ tag: null, passRate: target }, assume ?? assumedRate(target));
      const { tag: _, ...document } = size;
      await runner.answer(command, { document: { ...document, power: proofPower }, text: sizeText(size) });
    });
}

/** No number of cases shows a rate of 1, and every one shows 0. */
function parseTarget(text: string): number {
  const rate = parseRate(text);
  if (rate === 0 || rate === 1) throw new InvalidArgumentError('Write a rate above 0 and below 1, such as 0.8 or 80%.');
  return rate;
}

function sizeText({ target, assumed, needed, rates }: SetSize): string {
  const goal = `the lower bound of the 95 % interval reaches ${formatPercent(target)}`;
  const head =
    needed !== null
      ? `${formatCount(needed)} holdout cases: if ${formatPercent(assumed)} of all cases would pass, ${goal} in at least four of five runs over so many.`
      : assumed <= target
        ? `No number of cases is enough: where the true rate is not above the target, a run seldom shows it. Assume more than ${formatPercent(target)}.`
        : `More than 100,000 holdout cases: ${formatPercent(assumed)} is too near to the target.`;
  const count = (cases: number | null) => (cases === null ? '–' : formatCount(cases));
  const table = formatTable(
    [
      { title: 'true rate', align: 'right' },
      { title: 'cases, first look', align: 'right' },
      { title: 'third look', align: 'right' },
    ],
    rates.map(({ rate, first, third }) => [formatPercent(rate), count(first), count(third)]),
  );
  return `${head}\n\n${table}`;
}
