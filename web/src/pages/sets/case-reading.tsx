import { Badge, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Transcript } from '../../components/transcript.tsx';
import { transcriptOf } from '../../components/turns.ts';
import { CaseOrigin } from './case-origin.tsx';
import classes from './case-reading.module.css';
import { shownValue, type Value } from './case-value.ts';
import type { CaseRow } from './set-changes.ts';

/** A case to read: of an older version, or one that is removed. */
export function CaseReading({ row }: { row: CaseRow }) {
  const { t } = useTranslation('sets');
  return (
    <>
      {Object.entries(row.variables).map(([name, value]) => (
        <Reading key={name} name={name} value={value} />
      ))}
      <Reading name={t('cases.expected')} value={row.expected} />
      {row.tags.length > 0 && (
        <Group gap={4}>
          <span className="dim">{t('cases.tags')}</span>
          {row.tags.map((tag) => (
            <Badge key={tag} variant="default">
              {tag}
            </Badge>
          ))}
        </Group>
      )}
      {row.group && <Reading name={t('case.group')} value={row.group} />}
      {row.scorers !== undefined && row.scorers.length > 0 && (
        <Reading name={t('case.scorers')} value={row.scorers.join('\n')} />
      )}
      <CaseOrigin row={row} />
    </>
  );
}

function Reading({ name, value }: { name: string; value: Value }) {
  const turns = transcriptOf(value);
  return (
    <Stack gap={4}>
      <Title order={3}>{name}</Title>
      {turns === null ? (
        <div className={`verbatim ${classes.value}`}>{value === null ? '–' : shownValue(value)}</div>
      ) : (
        <Transcript turns={turns} />
      )}
    </Stack>
  );
}
