import { Group, Paper, Text, Title } from '@mantine/core';
import { Lock, Network } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { formatDuration, formatMoney, formatPercent } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import classes from './scope-summary.module.css';

type Scope = Answer<'GET /api/projects/:project'>['scope'];

/** What counts as success, as the scope has it. */
export function ScopeSummary({ project, scope }: { project: string; scope: Scope }) {
  const { t } = useTranslation('projects');
  const notSet = <span className="dim">{t('criteria.notSet')}</span>;
  return (
    <Paper component="section" aria-labelledby="criteria">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="criteria">
          {t('criteria.title')}
        </Title>
        <AnchorLink to="/projects/$project/scope" params={{ project }} size="sm">
          {t('criteria.edit')}
        </AnchorLink>
      </Group>
      {scope === null ? (
        <Text c="dimmed">{t('criteria.noScope')}</Text>
      ) : (
        <dl className={classes.list}>
          <dt>{t('criteria.passRate')}</dt>
          <dd>{scope.targetPassRate === null ? notSet : `≥ ${formatPercent(scope.targetPassRate)}`}</dd>
          {scope.minimumsByTag.map(({ tag, passRate }) => (
            <Fragment key={tag}>
              <dt>{t('criteria.minimum', { tag })}</dt>
              <dd>≥ {formatPercent(passRate)}</dd>
            </Fragment>
          ))}
          <dt>{t('criteria.cost')}</dt>
          <dd>{scope.maxCostUsdPer1000Calls === null ? notSet : `≤ ${formatMoney(scope.maxCostUsdPer1000Calls)}`}</dd>
          <dt>{t('criteria.latency')}</dt>
          <dd>{scope.maxLatencyP95Ms === null ? notSet : `≤ ${formatDuration(scope.maxLatencyP95Ms)}`}</dd>
          <dt>{t('criteria.data')}</dt>
          <dd className={classes.data}>
            {scope.dataMayLeave ? <Network size={14} aria-hidden /> : <Lock size={14} aria-hidden />}
            {t(scope.dataMayLeave ? 'criteria.dataMayLeave' : 'criteria.dataStays')}
          </dd>
        </dl>
      )}
    </Paper>
  );
}
