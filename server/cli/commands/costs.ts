import { type Command, Option } from 'commander';
import { type CallPeriod, callPeriods } from '../../domain/cost-plan.ts';
import type { ReleaseId, RunId } from '../../domain/ids.ts';
import { type CallSize, type CostPlan, type PlannedModel, planCosts } from '../../services/scope/cost-plan.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { integerWithin, numberWithin, parseRate, parseRunId } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount, formatDuration, formatUsd } from '../format.ts';
import { formatTable } from '../table.ts';

type Options = {
  project?: string;
  wordsIn?: number;
  wordsOut?: number;
  tokensIn?: number;
  tokensOut?: number;
  run?: RunId;
  release?: number;
  calls: number;
  per: CallPeriod;
  cachedShare?: number;
  batchShare: number;
  model: string[];
};

const size = (flags: string, description: string, others: string[]) =>
  new Option(flags, description).argParser(numberWithin(0, 10_000_000)).conflicts(others);

/** `whetstone costs` */
export function addCostsCommand(program: Command, runner: CommandRunner): void {
  program
    .command('costs')
    .description('what calls would cost with each model, cheapest first')
    .addOption(size('--words-in <n>', 'English words that go in (default: 300)', ['tokensIn', 'run', 'release']))
    .addOption(size('--words-out <n>', 'words that come out (default: 50)', ['tokensOut', 'run', 'release']))
    .addOption(size('--tokens-in <n>', 'tokens in place of words', ['run', 'release']))
    .addOption(size('--tokens-out <n>', 'tokens in place of words', ['run', 'release']))
    .addOption(
      new Option('--run <run>', 'as large as the calls of this run').argParser(parseRunId).conflicts('release'),
    )
    .addOption(
      new Option('--release <release>', 'as large as the observations of this release, by its id').argParser(
        integerWithin(1, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(
      new Option('--calls <n>', 'how many calls').argParser(numberWithin(0, 1_000_000_000_000)).default(10_000),
    )
    .addOption(new Option('--per <period>', 'calls a').choices(callPeriods).default('month'))
    .addOption(new Option('--cached-share <rate>', "share of the input in the provider's cache").argParser(parseRate))
    .addOption(new Option('--batch-share <rate>', 'share of the calls in batches').argParser(parseRate).default(0))
    .option(
      '--model <connection/model>',
      'model to compare (default: all that have a price or answer); may be repeated',
      (name: string, before: string[]) => [...before, name],
      [],
    )
    .option('--project <name>', 'project whose limits count: its cost of 1,000 calls, and whether its data may leave')
    .action((options: Options, command: Command) =>
      runner.run(command, async (workbench) => {
        const { project, calls, per, batchShare, cachedShare = null, model: models } = options;
        const found = project === undefined ? null : await findProject(workbench, project);
        const question = { size: sizeOf(options), cachedShare, batchShare, calls, per, models };
        const plan = await planCosts(workbench, found, question, new Date());
        const sorted = { ...plan, models: plan.models.toSorted(cheapestFirst) };
        return { document: sorted, text: planText(sorted) };
      }),
    );
}

function sizeOf({ wordsIn = 300, wordsOut = 50, tokensIn, tokensOut, run, release }: Options): CallSize {
  if (run !== undefined) return { from: 'run', run };
  if (release !== undefined) return { from: 'release', release: release as ReleaseId };
  if (tokensIn === undefined && tokensOut === undefined) return { from: 'words', input: wordsIn, output: wordsOut };
  return { from: 'tokens', input: tokensIn ?? (wordsIn * 4) / 3, output: tokensOut ?? (wordsOut * 4) / 3 };
}

const cheapestFirst = (a: PlannedModel, b: PlannedModel): number =>
  (a.cost?.perCall ?? Number.POSITIVE_INFINITY) - (b.cost?.perCall ?? Number.POSITIVE_INFINITY) || 0;

function planText({ usage, measured, callsPerMonth, maxCostUsdPer1000Calls: max, table, models }: CostPlan): string {
  const { inputTokens, outputTokens, cachedInputTokens } = usage;
  const about = (tokens: number) => formatCount(Math.round(tokens));
  const size = `A call: ${about(inputTokens)} tokens in, ${about(cachedInputTokens)} of them cached, ${about(outputTokens)} out`;
  const how = measured === null ? '' : ` (mean of ${formatCount(measured)} calls)`;
  const usd = (cost: number | undefined) => (cost === undefined ? '–' : formatUsd(cost));
  const rows = models.map(({ reference, cost, allowed, aboveBudget, msPerMonth }) => [
    ...[reference, usd(cost?.perCall), usd(cost?.per1000), usd(cost?.perMonth), usd(cost?.perYear)],
    [
      cost === null ? 'no price' : '',
      allowed ? '' : 'not allowed: the data may not leave',
      aboveBudget ? `above the scope's ${formatUsd(max)}` : '',
      msPerMonth === null ? '' : `${formatDuration(msPerMonth)} of this machine a month`,
    ]
      .filter(Boolean)
      .join('; '),
  ]);
  const numbers = ['a call', '1,000 calls', 'a month', 'a year'].map((title) => ({ title, align: 'right' as const }));
  const old = table.old ? ` It is ${table.ageDays} days old: check before you rely on it.` : '';
  return [
    `${size}${how}; ${about(callsPerMonth)} calls a month.`,
    formatTable([{ title: 'model' }, ...numbers, { title: '' }], rows),
    `Prices of ${table.date} unless they are your own ("whetstone prices list").${old}`,
  ].join('\n\n');
}
