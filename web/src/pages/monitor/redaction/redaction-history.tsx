import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../../components/figures.tsx';
import { HistoryTable } from '../history-table.tsx';
import classes from './redaction.module.css';
import { changesBetween, detectors, type RedactionView, type Rules } from './rules-draft.ts';

/** Before the first version only keys were looked for. */
const first: Rules = { detectors: ['api-key'], words: [], patterns: [], fields: [], numbered: false };

/** Every change of the rules: when, by whom and what. */
export function RedactionHistory({ versions }: { versions: RedactionView['versions'] }) {
  const { t } = useTranslation('redaction');
  if (versions.length === 0) return null;
  const heads = [t('history.version'), t('history.when'), t('history.who'), t('history.what')];
  return (
    <HistoryTable title={t('history.title')} heads={heads} minWidth={480}>
      {versions.map(({ number, rules, author, createdAt }, index) => (
        <Table.Tr key={number}>
          <Table.Td>{number}</Table.Td>
          <Table.Td>
            <DateTime at={createdAt} />
          </Table.Td>
          <Table.Td>{author || t('nobody')}</Table.Td>
          <Table.Td>
            <Changes before={versions[index + 1]?.rules ?? first} after={rules} />
          </Table.Td>
        </Table.Tr>
      ))}
    </HistoryTable>
  );
}

function Changes({ before, after }: { before: Rules; after: Rules }) {
  const { t } = useTranslation('redaction');
  return (
    <ul className={classes.changes}>
      {changesBetween(before, after).map(({ sign, kind, text }) => (
        <li key={`${sign} ${kind} ${text}`}>
          {t(`history.${sign}`)} {t(`history.${kind}`)}{' '}
          {detectors.find((name) => kind === 'detector' && name === text) === undefined ? (
            <span className="mono">{text}</span>
          ) : (
            t(`detector.${text}.label`)
          )}
        </li>
      ))}
    </ul>
  );
}
