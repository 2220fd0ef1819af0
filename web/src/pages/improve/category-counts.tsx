import { Paper, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../components/format.ts';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { AnchorLink } from '../../components/link.tsx';
import type { Result } from '../runs/verdict-text.tsx';
import classes from './failures.module.css';

const ROUTE = '/projects/$project/improve';
type Props = {
  failures: readonly Result[];
  /** Categories that a digit gives, the first by 1. */
  byDigit: readonly string[];
};

/** How many failures have each category; each count is the way to them. */
export function CategoryCounts({ failures, byDigit }: Props) {
  const { t } = useTranslation('improve');
  const counts = countsOf(failures);
  return (
    <Paper component="section" aria-labelledby="categories" className={classes.counts}>
      <Title order={2} id="categories" mb="xs">
        {t('categories')}
      </Title>
      <table aria-labelledby="categories">
        <tbody>
          {counts.map(({ category, count }) => (
            <tr key={category}>
              <th scope="row">
                <CategoryLink category={category} />{' '}
                {byDigit.includes(category) && <KeyboardHint keys={String(byDigit.indexOf(category) + 1)} />}
                <span
                  className={classes.bar}
                  data-sorted={category !== ''}
                  style={{ width: `${(count / failures.length) * 100}%` }}
                />
              </th>
              <td>{formatNumber(count)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <CategoryLink />
            </th>
            <td>{formatNumber(failures.length)}</td>
          </tr>
        </tbody>
      </table>
      <p className={classes.keys}>
        {(['j', 'k', 'c', 'n', 'Enter', ...(byDigit.length > 0 ? (['1-9'] as const) : [])] as const).map((keys) => (
          <span key={keys}>
            <KeyboardHint keys={keys} /> {t(`keys.${keys}`)}
          </span>
        ))}
      </p>
    </Paper>
  );
}

/** Categories by how many failures they have; the empty one holds what has none yet, and comes last. */
export function countsOf(failures: readonly Result[]): { category: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { review } of failures) {
    const category = review?.category ?? '';
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => Number(a.category === '') - Number(b.category === '') || b.count - a.count);
}

/** `category` none for all, empty for what has none yet. */
function CategoryLink({ category }: { category?: string }) {
  const { t } = useTranslation('improve');
  const shown = useSearch({ from: ROUTE });
  const filter = category === undefined ? {} : category === '' ? { sorted: 'no' as const } : { category };
  const isShown = shown.category === ('category' in filter ? category : undefined) && shown.sorted === filter.sorted;
  return (
    <AnchorLink
      from={ROUTE}
      to="."
      search={({ run }) => ({ run, ...filter })}
      aria-current={isShown}
      resetScroll={false}
      inherit
    >
      {category === undefined ? t('all') : category === '' ? t('unsorted') : category}
    </AnchorLink>
  );
}
