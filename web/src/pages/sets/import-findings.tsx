import { Checkbox, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../components/format.ts';
import classes from './import-preview.module.css';
import type { Importing, Preview } from './use-import.ts';

type Props = {
  preview: Preview;
  leaveOut: Importing['leaveOut'];
  onLeaveOut: Importing['setLeaveOut'];
};

/** What is worth a look before cases are saved: their labels, repeated rows, inputs with several answers, near-duplicates. */
export function ImportFindings({ preview, leaveOut, onLeaveOut }: Props) {
  const { t } = useTranslation('setImport');
  const { labels, labelCount, groups, repeated, conflicts, nearDuplicates } = preview;
  return (
    <section aria-labelledby="import-findings">
      <Title order={2} size="h5" id="import-findings" mb={4}>
        {t('findings')}
      </Title>
      <Stack gap="xs">
        <Text size="sm" component="div" className={classes.labels}>
          {labels.map(({ label, count }) => (
            <span key={label ?? ''}>
              {label ?? <span className="dim">{t('noLabel')}</span>} <strong>{formatNumber(count)}</strong>
            </span>
          ))}
          {labelCount > labels.length && (
            <span className="dim">{t('moreLabels', { count: labelCount - labels.length })}</span>
          )}
        </Text>
        {groups > 0 && <Text size="sm">{t('groups', { count: groups })}</Text>}
        {repeated.count > 0 && (
          <Finding text={t('repeated', { count: repeated.count })}>
            {repeated.examples.map(({ line, first }) => (
              <li key={line}>{t('repeats', { line, first })}</li>
            ))}
          </Finding>
        )}
        {conflicts.count > 0 && (
          <>
            <Finding text={t('conflicts', { count: conflicts.count })}>
              {conflicts.examples.map(({ text, answers }) => (
                <li key={text}>
                  {text}{' '}
                  <span className="dim">
                    {answers.map(({ label, lines }) => t('answerAt', { label, lines: lines.join(', ') })).join(' · ')}
                  </span>
                </li>
              ))}
            </Finding>
            <Checkbox
              size="sm"
              label={t('leaveConflicts')}
              checked={leaveOut.conflicts}
              onChange={({ currentTarget: { checked } }) => onLeaveOut({ ...leaveOut, conflicts: checked })}
            />
          </>
        )}
        {nearDuplicates.groups > 0 && (
          <>
            <Finding
              text={`${t('nearDuplicates', { count: nearDuplicates.groups, cases: nearDuplicates.cases })} ${
                nearDuplicates.mixed === 0 ? '' : t('mixed', { count: nearDuplicates.mixed })
              }`}
            >
              {nearDuplicates.examples.map(({ lines, texts, labels: answers }) => (
                <li key={lines.join()}>
                  {texts.join(' ≈ ')} <span className="dim">{answers.join(' / ')}</span>
                </li>
              ))}
            </Finding>
            <Checkbox
              size="sm"
              label={t('leaveNear')}
              checked={leaveOut.nearDuplicates}
              onChange={({ currentTarget: { checked } }) => onLeaveOut({ ...leaveOut, nearDuplicates: checked })}
            />
          </>
        )}
      </Stack>
    </section>
  );
}

function Finding({ text, children }: { text: string; children: ReactNode }) {
  return (
    <details>
      <summary>{text}</summary>
      <ul className={classes.examples}>{children}</ul>
    </details>
  );
}
