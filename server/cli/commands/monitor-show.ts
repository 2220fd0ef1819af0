import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { KeptPromise } from '../../domain/promise.ts';
import { failedCalls, type ReleaseFailures } from '../../services/monitor/failed-calls.ts';
import { releasedVersion } from '../../services/monitor/list-observations.ts';
import { monitorReport, type PromptReport } from '../../services/monitor/monitor-report.ts';
import type { NotCompared, Promised } from '../../services/monitor/promised.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { integerWithin } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import {
  formatCount,
  formatDuration,
  formatInterval,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  formatPValue,
  formatUsd,
} from '../format.ts';
import { projectOption } from '../options.ts';
import { formatFields, formatTable } from '../table.ts';

/** `whetstone monitor show` */
export function addMonitorShow(monitor: Command, runner: CommandRunner): void {
  monitor
    .command('show')
    .description('show how the releases do in production, and whether that is what the evaluation promised')
    .addOption(projectOption())
    .option('--days <n>', 'how many days to look back', integerWithin(1, 365), 7)
    .action(({ project: name, days }: { project: string; days: number }, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, name);
        const now = new Date();
        const prompts = await monitorReport(workbench, project, { days, now });
        const { releases } = await failedCalls(workbench, project, { days }, now);
        const none = 'Nothing is released yet. "whetstone release approve" releases a version.';
        const texts = prompts.length === 0 ? [none] : prompts.map((report) => promptText(report, days));
        return {
          document: { project: project.slug, days, prompts, failedCalls: releases },
          text: [...texts, await failedText(workbench, releases)].filter((text) => text !== '').join('\n\n'),
        };
      }),
    );
}

/** Calls that gave no answer, by release: no pass rate counts them. */
async function failedText(workbench: Workbench, releases: readonly ReleaseFailures[]): Promise<string> {
  if (releases.length === 0) return '';
  const rows = releases.map(async ({ release, calls, failed, rate, interval, kinds }) => {
    const { prompt, version } = release === null ? noRelease : await releasedVersion(workbench, release);
    const name = version === null ? prompt : `${prompt} v${version}`;
    const counted = kinds.map(({ failure, count }) => `${failure} ${formatCount(count)}`).join(', ');
    return [name, formatCount(calls), formatCount(failed), formatPercent(rate), formatInterval(interval), counted];
  });
  const numeric = (title: string) => ({ title, align: 'right' as const });
  const columns = [{ title: 'failed calls of' }, numeric('calls'), numeric('failed'), { title: 'share' }];
  return formatTable([...columns, { title: '95 % interval' }, { title: 'kinds' }], await Promise.all(rows));
}

const noRelease = { prompt: 'no release', version: null };

function promptText(report: PromptReport, days: number): string {
  const title = styleText('bold', `${report.prompt}, last ${days === 1 ? 'day' : `${days} days`}`);
  return [title, scoringText(report), promisedText(report.promised)].filter((part) => part !== '').join('\n\n');
}

function scoringText({ scoring, releases, waiting, unreleased }: PromptReport): string {
  if (scoring === null) return 'Its calls are not scored: switch online scoring on, on the page Monitor.';
  const { share, typed, endedAt } = scoring;
  const scored = `${formatPercent(share)} of the calls ${endedAt === null ? 'are' : 'were'} scored by ${typed.join(', ')}.`;
  const ofNone = unreleased === 0 ? '' : `\n${formatCount(unreleased)} calls name no release and are not scored.`;
  const waits = waiting === 0 ? '' : ` ${formatCount(waiting)} wait.`;
  if (releases.length === 0) return `${scored}${waits} No call was reported.${ofNone}`;
  const table = formatTable(
    [
      ...[
        { title: 'release' },
        { title: 'calls', align: 'right' as const },
        { title: 'scored', align: 'right' as const },
      ],
      ...[{ title: 'pass rate' }, { title: '95 % interval' }, { title: 'not judged', align: 'right' as const }],
    ],
    releases.map(({ number, version, calls, rates }) => [
      ...[number === null ? 'none' : `${number} (v${version})`, formatCount(calls), formatCount(rates.n)],
      ...[formatPercent(rates.passRate), formatInterval(rates.interval), formatCount(rates.errors)],
    ]),
  );
  return `${scored}${waits}\n${table}${ofNone}`;
}

function promisedText(promised: Promised | null): string {
  if (promised === null) return 'production points to no release of it.';
  const { number, version, evaluation, scorers, notCompared } = promised;
  const title = `Promised and shown, release ${number} (v${version})`;
  if (evaluation === null) return `${title}: it was released without an evaluation.\n${besideText(promised)}`;
  const { runId, split, rates, look } = evaluation;
  const about = `run ${runId} on ${split}, ${formatPercent(rates.passRate)} [${formatInterval(rates.interval)}] by all its scorers`;
  const looked = look !== null && look > 1 ? `, look ${look} at these cases` : '';
  const kept = scorers.length === 0 ? 'No scorer of it judges production’s calls.' : keptTable(scorers);
  return [`${title}: ${about}${looked}`, kept, ...notCompared.map(whyNot), besideText(promised)].join('\n');
}

const keptTable = (scorers: readonly KeptPromise[]): string =>
  formatTable(
    ['scorer', 'promised', 'shown', 'difference', 'p', 'verdict'].map((title) => ({ title })),
    scorers.map(({ scorer, promised, shown, difference, interval, correctedPValue, ...kept }) => [
      scorer,
      `${formatPercent(promised.passRate)} n=${promised.n}`,
      `${formatPercent(shown.passRate)} n=${shown.n}`,
      `${formatPoints(difference)} (${formatPointsInterval(interval)})`,
      formatPValue(correctedPValue),
      verdictText(kept),
    ]),
  );

function verdictText({ verdict, detectable }: Pick<KeptPromise, 'verdict' | 'detectable'>): string {
  if (verdict === 'as_promised') return 'as promised';
  if (verdict !== 'cant_tell') return verdict;
  return detectable === null ? "can't tell" : `can't tell; could show ${formatPoints(detectable).slice(1)}`;
}

const reasons: Record<NotCompared['why'], string> = {
  asks_model: 'it asks a model',
  needs_expected: 'it compares with what is expected, which nobody knows of a call',
  expected_where_given: 'on cases it compares with what is expected',
  not_reported: "calls don't report what it judges by",
  not_scored: "production's calls are not scored by it",
};
const whyNot = ({ scorer, why }: NotCompared): string => `Not compared: ${scorer}, ${reasons[why]}.`;

function besideText({ feedback, costUsdPer1000Calls: cost, latencyP95Ms: latency }: Promised): string {
  const time = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  const usd = (value: number | null) => (value === null ? '–' : formatUsd(value));
  return formatFields([
    ['thumbs up', `${formatPercent(feedback.rate)} [${formatInterval(feedback.interval)}] n=${feedback.n}`],
    ['1,000 calls', `promised ${usd(cost.promised)}, shown ${usd(cost.shown)} n=${cost.n}`],
    ['latency p95', `promised ${time(latency.promised)}, shown ${time(latency.shown)} n=${latency.n}`],
  ]);
}
