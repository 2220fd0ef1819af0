import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from './set-changes.ts';

/** What of a case stays as it is: its side, and where it came from. */
export function CaseOrigin({ row: { split, source } }: { row: CaseRow }) {
  const { t } = useTranslation('sets');
  return (
    <Text size="sm" component="div">
      <span className="dim">{t('cases.split')}</span> {split !== null && t(`common:split.${split}`)}
      <div className="dim">{t('case.splitFixed')}</div>
      {source !== null && (
        <div>
          <span className="dim">{t('case.source')}</span> {source}
        </div>
      )}
    </Text>
  );
}
