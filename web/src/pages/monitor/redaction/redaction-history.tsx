import { Paper, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../../components/figures.tsx';
import classes from './redaction.module.css';
import { changesBetween, detectors, type RedactionView, type Rules } from './rules-draft.ts';

/** Before the first version only keys were looked for. */
const first: Rules = { detectors: ['api-key'], words: [], patterns: [], fields: [], numbered: false };

/** Every change of the rules: when, by whom and what. */
export function RedactionHistory({ versions }: { versions: RedactionView['versions'] }) {
  const { t } = useTranslation('redaction');
  if (versions.length === 0) return null;
  return (
    <Paper component="section" aria-labelledby="history">
      <Title order={2} id="history" mb="xs">
        {t('history.title')}
      </Title>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-labelledby="history" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('history.version')}</Table.Th>
              <Table.Th>{t('history.when')}</Table.Th>
              <Table.Th>{t('history.who')}</Table.Th>
              <Table.Th>{t('history.what')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
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
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
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
