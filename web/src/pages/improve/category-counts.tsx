import { Group, Paper, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatInterval, formatNumber, formatPercent } from '../../components/format.ts';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { CategoryChanges } from './category-changes.tsx';
import { ChangeCategories } from './change-categories.tsx';
import classes from './failures.module.css';
import type { RunCategories } from './run-categories.ts';

const ROUTE = '/projects/$project/improve';
type Props = {
  project: string;
  counts: RunCategories;
  /** Categories that a digit gives, the first by 1. */
  byDigit: readonly string[];
};

/** How many cases failed for each reason; each count is the way to them. */
export function CategoryCounts({ project, counts, byDigit }: Props) {
  const { t } = useTranslation('improve');
  const { n, failed, unsorted, categories } = counts;
  const rows = [
    ...categories.map(({ category, cases, interval }) => ({ category, cases, interval })),
    ...(unsorted > 0 ? [{ category: '', cases: unsorted, interval: null }] : []),
  ];
  return (
    <Paper component="section" aria-labelledby="categories" className={classes.counts}>
      <Group justify="space-between" mb="xs">
        <Title order={2} id="categories">
          {t('categories')}
        </Title>
        <ChangeCategories project={project} />
      </Group>
      <table aria-labelledby="categories">
        <tbody>
          {rows.map(({ category, cases, interval }) => (
            <tr key={category}>
              <th scope="row">
                <CategoryLink category={category} />{' '}
                {category !== '' && byDigit.includes(category) && (
                  <KeyboardHint keys={String(byDigit.indexOf(category) + 1)} />
                )}
                <span
                  className={classes.bar}
                  data-sorted={category !== ''}
                  style={{ width: `${(cases / failed) * 100}%` }}
                />
              </th>
              <td>
                {formatNumber(cases)}
                {interval !== null && (
                  <span className={classes.share} title={t('shareTitle', { n, interval: formatInterval(interval) })}>
                    {formatPercent(cases / n, 0)}
                  </span>
                )}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <CategoryLink />
            </th>
            <td>
              {formatNumber(failed)}
              <span className={classes.share}>{formatPercent(failed / n, 0)}</span>
            </td>
          </tr>
        </tbody>
      </table>
      <p className={classes.note}>{t('ofCases', { count: n })}</p>
      <CategoryChanges project={project} />
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
