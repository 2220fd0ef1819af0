import { Button, Group } from '@mantine/core';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { ToneBadge } from '../../components/badge.tsx';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import classes from './breakdown.module.css';

export type KeptScoring = Answer<'GET /api/runs/:run/scorings'>['scorings'][number];
type Props = { run: number; scorings: readonly KeptScoring[]; compare: (from: number, to: number) => void };

/** The scorings of a run, newest first: which counts, and what can be done with the others. */
export function ScoringsTable({ run, scorings, compare }: Props) {
  const { t } = useTranslation('scorings');
  const count = useApiMutation('POST /api/runs/:run/scorings/:number/count');
  const current = scorings.find(({ counts }) => counts);
  return (
    <>
      <BoxedTable label={t('list')} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.number')}</th>
            <th scope="col">{t('column.when')}</th>
            <th scope="col">{t('column.scorers')}</th>
            <th scope="col">{t('column.judge')}</th>
            <th scope="col">{t('column.passRate')}</th>
            <th scope="col">{t('column.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {scorings.map((scoring) => (
            <tr key={scoring.number}>
              <th scope="row">{scoring.number}</th>
              <td>
                <DateTime at={scoring.createdAt} />
              </td>
              <td>
                <span className="mono">{scoring.asTyped.join(', ')}</span>
                {scoring.threshold !== null && (
                  <span className="dim"> {t('threshold', { value: formatNumber(scoring.threshold, 2) })}</span>
                )}
              </td>
              <td className="mono">{scoring.judgeModel ?? scoring.embeddingModel ?? '–'}</td>
              <td>
                <RateWithInterval {...scoring} />
              </td>
              <td>
                {scoring.counts ? (
                  <ToneBadge tone="pass" icon={Check} text={t('counts')} title={t('countsTitle')} />
                ) : (
                  <Group gap={6} wrap="nowrap">
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('compareWith', { number: scoring.number })}
                      onClick={() => current && compare(scoring.number, current.number)}
                    >
                      {t('compare')}
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('letCountLabel', { number: scoring.number })}
                      loading={count.isPending && count.variables.params.number === scoring.number}
                      onClick={() => count.mutate({ params: { run, number: scoring.number } })}
                    >
                      {t('letCount')}
                    </Button>
                  </Group>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </BoxedTable>
      {count.error !== null && <ErrorAlert error={count.error} />}
    </>
  );
}
