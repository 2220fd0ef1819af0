import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { formatNumber } from '../../components/format.ts';
import type { Run } from '../../components/use-runs.ts';
import classes from './breakdown.module.css';
import { ResultsLink } from './results-link.tsx';
import type { Breakdown } from './use-breakdown.ts';

/** Errors by their kind, most frequent first. */
export function RunErrors({ run, errors }: { run: Run; errors: Breakdown['errors'] }) {
  const { t } = useTranslation('results');
  const errorText = useErrorText();
  if (errors.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('breakdown.noErrors')}
      </Text>
    );
  }
  return (
    <BoxedTable label={t('breakdown.part.errors')} className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('breakdown.errorKind')}</th>
          <th scope="col" data-numeric>
            {t('breakdown.count')}
          </th>
          <th scope="col" className={classes.wide}>
            {t('breakdown.example')}
          </th>
        </tr>
      </thead>
      <tbody>
        {errors.map(({ code, count, message }) => (
          <tr key={code}>
            <th scope="row">
              <ResultsLink run={run} filter={{ outcome: 'error', errorCode: code }}>
                <span className="mono">{code}</span>
              </ResultsLink>
            </th>
            <td data-numeric>{formatNumber(count)}</td>
            <td>{errorText({ code, message })}</td>
          </tr>
        ))}
      </tbody>
    </BoxedTable>
  );
}
