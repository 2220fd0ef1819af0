import { Button, Group, Paper, Stack, Table, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { BellRing, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../../api/query.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { DateTime } from '../../../components/figures.tsx';
import { ButtonLink } from '../../../components/link.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ErrorAlert, QueryState } from '../../../components/query-state.tsx';
import { HistoryTable } from '../history-table.tsx';
import { REFRESH_MS } from '../use-observations.ts';
import { RuleCard } from './rule-card.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { AlertBadge } from './state-badge.tsx';
import { WebhookPanel } from './webhook-panel.tsx';
import { type Alerts as Answer, useAlertWords } from './words.ts';

const ROUTE = '/projects/$project/monitor/alerts';

/** Rules that watch production, what fires, and where it is told. */
export function Alerts() {
  const { t } = useTranslation('alerts');
  const { project } = useParams({ from: ROUTE });
  const params = { project };
  const query = useApi('GET /api/projects/:project/alerts', { params }, { refetchInterval: REFRESH_MS });
  const check = useApiMutation('POST /api/projects/:project/alerts/check');
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <ButtonLink to="/projects/$project/monitor" params={params} variant="default">
              {t('toMonitor')}
            </ButtonLink>
            <Button
              variant="default"
              leftSection={<RotateCw size={16} aria-hidden />}
              loading={check.isPending}
              onClick={() => check.mutate({ params })}
            >
              {t('check')}
            </Button>
          </>
        }
      />
      {check.error !== null && <ErrorAlert error={check.error} />}
      <QueryState query={query} height={320}>
        {(alerts) => (
          <Stack gap="md">
            <Rules project={project} alerts={alerts} />
            <History history={alerts.history} />
            <WebhookPanel project={project} />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

const urgency = { firing: 0, acknowledged: 1, ok: 2 } as const;

function Rules({ project, alerts }: { project: string; alerts: Answer }) {
  const { t } = useTranslation('alerts');
  const rules = alerts.rules.toSorted((a, b) => urgency[a.state] - urgency[b.state]);
  return (
    <section aria-labelledby="rules">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="rules">
          {t('rules')}
        </Title>
        {rules.length > 0 && <RuleDialog project={project} alerts={alerts} />}
      </Group>
      {rules.length === 0 ? (
        <Paper>
          <EmptyState icon={BellRing} title={t('none.title')} action={<RuleDialog project={project} alerts={alerts} />}>
            {t('none.text')}
          </EmptyState>
        </Paper>
      ) : (
        <Stack gap="sm">
          {rules.map((rule) => (
            <RuleCard key={rule.id} project={project} alerts={alerts} rule={rule} />
          ))}
        </Stack>
      )}
    </section>
  );
}

function History({ history }: { history: Answer['history'] }) {
  const { t } = useTranslation('alerts');
  const { conditionText, evidenceText } = useAlertWords();
  if (history.length === 0) return null;
  const heads = [t('history.when'), t('history.what'), t('history.rule'), t('history.why')];
  return (
    <HistoryTable title={t('history.title')} heads={heads} minWidth={640}>
      {history.map((event) => (
        <Table.Tr key={`${event.kind} ${event.id}`}>
          <Table.Td>
            <DateTime at={event.createdAt} />
          </Table.Td>
          <Table.Td>
            <AlertBadge kind={event.kind} />
          </Table.Td>
          <Table.Td>{conditionText(event.condition)}</Table.Td>
          <Table.Td>
            {event.kind === 'acknowledged' && t('by', { name: event.author, note: event.note })}
            {event.kind === 'changed' &&
              t('by', { name: event.author, note: t('history.before', { rule: conditionText(event.before) }) })}
            {(event.kind === 'fired' || event.kind === 'resolved') && evidenceText(event.evidence, event.condition)}
          </Table.Td>
        </Table.Tr>
      ))}
    </HistoryTable>
  );
}
