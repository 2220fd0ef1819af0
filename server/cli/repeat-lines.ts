import type { RunRepeats } from '../services/evaluate/run-repeats.ts';
import { formatCount, formatInterval, formatPercent } from './format.ts';
import { formatTable } from './table.ts';

/** What the repeats and groups of a run's cases say, for people; nothing where there are none. */
export function repeatLines({ rates, flaky, flakyCases, groups }: RunRepeats): string[] {
  const lines: string[] = [];
  if (groups !== null) {
    const { value, interval } = groups.passRate;
    lines.push(
      `${formatCount(groups.cases)} cases in ${formatCount(groups.groups)} groups; the pass rate over groups: ${formatPercent(value)} ${formatInterval(interval)}`,
    );
  }
  if (rates.length > 0) {
    const right = (title: string) => ({ title, align: 'right' as const });
    const rows = rates.map(({ k, n, passAtK, passHatK }) => [
      String(k),
      formatCount(n),
      saying(passAtK),
      saying(passHatK),
    ]);
    lines.push(formatTable(['k', 'n', 'pass@k: one of k passes', 'pass^k: all k pass'].map(right), rows));
  }
  if (flaky !== null) {
    const more = flaky.count > flakyCases.length ? ', …' : '';
    const named = flakyCases.map(({ caseKey, passed, repeats }) => `${caseKey} ${passed}/${repeats}`).join(', ');
    const share = `${formatPercent(flaky.share)} ${formatInterval(flaky.interval)}`;
    lines.push(
      `flaky: ${formatCount(flaky.count)} of ${formatCount(flaky.n)} cases, ${share}${named === '' ? '' : `: ${named}${more}`}`,
    );
  }
  return lines.length === 0 ? [] : ['', ...lines];
}

const saying = (rate: RunRepeats['rates'][number]['passAtK']): string =>
  rate === null ? '–' : `${formatPercent(rate.value)} ${formatInterval(rate.interval)}`;
