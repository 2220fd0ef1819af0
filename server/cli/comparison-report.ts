import { costOfLook } from '../domain/statistics/holdout-look.ts';
import { fewestFlipsForSignificance } from '../domain/statistics/mcnemar-test.ts';
import type { RunComparison } from '../services/evaluate/compare-runs.ts';
import type { SeveralCompared } from '../services/evaluate/compare-several.ts';
import { formatCount, formatPercent, formatPoints, formatPointsInterval, formatPValue } from './format.ts';
import type { CommandResult } from './output.ts';
import { formatFields, formatTable } from './table.ts';

/** Two runs paired by case, as `runs compare --json` prints them: `a` is the baseline. */
export function comparisonDocument({ a, b, comparison, warnings, metrics, cases }: RunComparison) {
  const keys = (group: 'fixed' | 'broken') => cases.filter((item) => item.group === group).map((item) => item.caseKey);
  const ids = { a: a.id, b: b.id };
  return { ...ids, ...comparison, warnings, metrics, fixedCases: keys('fixed'), brokenCases: keys('broken') };
}

/** The same for people, with the verdict in words. */
export function comparisonText(compared: RunComparison): string {
  const { a, b, comparison, warnings, cases } = compared;
  const rates = [a, b].map((run) => `run ${run.id} ${formatPercent(run.passRate)}`);
  const broken = cases.filter((item) => item.group === 'broken').map((item) => item.caseKey);
  const fields = formatFields([
    ['pass rates', rates.join(' → ')],
    ['paired cases', formatCount(comparison.n)],
    ['fixed', formatCount(comparison.fixed)],
    ['broken', `${formatCount(comparison.broken)}${someOf(broken)}`],
    ['still passing', formatCount(comparison.bothPass)],
    ['still failing', formatCount(comparison.bothFail)],
    [
      'difference',
      `${formatPoints(comparison.difference)}  (95 % interval ${formatPointsInterval(comparison.interval)})`,
    ],
    ['exact test', formatPValue(comparison.pValue)],
    ...lookFields(comparison),
  ]);
  return [
    ...warnings.map(({ message }) => `Note: ${message}`),
    fields,
    ...metricLines(compared.metrics),
    '',
    verdictText(compared),
  ].join('\n');
}

/** What the look at holdout cases costs. */
function lookFields({ look, correctedPValue }: RunComparison['comparison']): [string, string][] {
  if (look === null || look === 1) return [];
  const cost = formatCount(costOfLook(look));
  return [['  holdout look', `${look}, so that the p counts ${cost} times: ${formatPValue(correctedPValue)}`]];
}

/** What each of several scorers says by itself. */
function metricLines(metrics: RunComparison['metrics']): string[] {
  if (metrics.length < 2) return [];
  const right = (title: string) => ({ title, align: 'right' as const });
  const columns = [{ title: 'scorer' }, ...['n', 'fixed', 'broken', 'difference', 'p (Holm)'].map(right)];
  const rows = metrics.map((one) => [
    one.metric,
    formatCount(one.n),
    formatCount(one.fixed),
    formatCount(one.broken),
    formatPoints(one.difference),
    formatPValue(one.correctedPValue),
  ]);
  return [
    '',
    formatTable(
      [...columns, { title: 'verdict' }],
      rows.map((row, at) => [...row, metrics[at]?.correctedVerdict ?? '']),
    ),
  ];
}

const shownCases = 5;

function someOf(keys: readonly string[]): string {
  if (keys.length === 0) return '';
  const more = keys.length > shownCases ? ', …' : '';
  return ` (${keys.slice(0, shownCases).join(', ')}${more})`;
}

function verdictText({ a, b, comparison }: RunComparison): string {
  const { correctedVerdict: verdict, fixed, broken, n, enoughFlips, correctedPValue: pValue } = comparison;
  const counts = `${fixed} fixed, ${broken} broken of ${n}`;
  if (verdict !== "can't tell") {
    return `${verdict}: run ${b.id} is ${verdict} than run ${a.id} (${counts}, ${formatPValue(pValue)}). Chance alone would hardly do this.`;
  }
  if (n === 0) return "can't tell: the two runs have no case that both judged.";
  const flips = enoughFlips
    ? ''
    : ` Only ${fixed + broken} cases flipped; fewer than ${fewestFlipsForSignificance} can never tell.`;
  return `can't tell: ${counts} may be chance (${formatPValue(pValue)}).${flips} ${powerText(comparison)}`;
}

/** What "can't tell" means: how large a difference would have been found, and how many cases a smaller one takes. */
function powerText({ n, detectable, exactDetectable, casesForFivePoints }: Power): string {
  const found =
    exactDetectable === null
      ? 'With so few flips no difference could have been shown.'
      : `Where so many cases flip, a true difference of ${(exactDetectable * 100).toFixed(1)} points over these ${formatCount(n)} cases would have been found four times in five (power .8 of the exact test${zText(detectable)}).`;
  if (casesForFivePoints === null) return `${found} More cases could show a smaller one.`;
  return casesForFivePoints <= n
    ? found
    : `${found} For 5 points it takes some ${formatCount(casesForFivePoints)} cases.`;
}

const zText = (detectable: number | null) =>
  detectable === null ? '' : `; ${(detectable * 100).toFixed(1)} by the z test's formula`;

type Power = Pick<RunComparison['comparison'], 'n' | 'detectable' | 'exactDetectable' | 'casesForFivePoints'>;

/** Several runs, each against the first. The verdict is by the corrected p; the raw one stands beside it. */
export function severalResult({ runs, pairs, groups }: SeveralCompared): CommandResult {
  const columns = [
    { title: 'run', align: 'right' as const },
    { title: 'pass rate', align: 'right' as const },
    { title: 'n', align: 'right' as const },
    { title: 'fixed', align: 'right' as const },
    { title: 'broken', align: 'right' as const },
    { title: 'difference', align: 'right' as const },
    { title: '95 % interval', align: 'right' as const },
    { title: 'p', align: 'right' as const },
    { title: 'p (Holm)', align: 'right' as const },
    { title: 'verdict' },
  ];
  const rates = new Map(runs.map(({ id, passRate }) => [id, formatPercent(passRate)]));
  const rows = pairs.map((pair) => [
    String(pair.run),
    rates.get(pair.run) ?? '',
    formatCount(pair.n),
    formatCount(pair.fixed),
    formatCount(pair.broken),
    formatPoints(pair.difference),
    formatPointsInterval(pair.interval),
    formatPValue(pair.pValue),
    formatPValue(pair.correctedPValue),
    pair.correctedVerdict,
  ]);
  const [baseline] = runs;
  const notes = pairs.flatMap(({ run, warnings }) => warnings.map(({ message }) => `Note on run ${run}: ${message}`));
  const text = [
    ...notes,
    `Baseline: run ${baseline?.id}, pass rate ${formatPercent(baseline?.passRate ?? null)}.`,
    formatTable(columns, rows),
    'Verdicts are by the p that is corrected for the number of runs (Holm).',
    ...pairs.flatMap((pair) =>
      pair.look === null || pair.look === 1
        ? []
        : [`Run ${pair.run}: look ${pair.look} at the holdout cases, for which its p was corrected first.`],
    ),
    ...pairs.flatMap((pair) =>
      pair.correctedVerdict === "can't tell" && pair.n > 0 ? [`Run ${pair.run}: ${powerText(pair)}`] : [],
    ),
  ].join('\n');
  return { document: { baseline: baseline?.id, runs: runs.map(({ id }) => id), groups, pairs }, text };
}
