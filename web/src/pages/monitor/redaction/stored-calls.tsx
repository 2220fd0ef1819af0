import { Alert, Button, Group, Paper, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../../api/query.ts';
import { useAuthor } from '../../../components/author-field.tsx';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { useErrorText } from '../../../components/error-text.ts';
import { DateTime } from '../../../components/figures.tsx';
import { formatBytes } from '../../../components/format.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { ErrorAlert, QueryState } from '../../../components/query-state.tsx';
import classes from './redaction.module.css';
import type { RedactionView } from './rules-draft.ts';

type State = Answer<'GET /api/projects/:project/redaction/stored'>;
type Of<Name extends State['state']> = Extract<State, { state: Name }>;
type Props = {
  project: string;
  applied: RedactionView['stored'];
  fileBytes: number;
  /** Whether rules were changed and are not saved: those would not be applied. */
  unsaved: boolean;
};

/** Applies the rules to what was stored before them, and says what they can't reach. */
export function StoredCalls({ project, applied, fileBytes, unsaved }: Props) {
  const { t } = useTranslation('redaction');
  const params = { project };
  const [author] = useAuthor();
  const query = useApi(
    'GET /api/projects/:project/redaction/stored',
    { params },
    { refetchInterval: (data) => (data?.state === 'running' ? 500 : false) },
  );
  const start = useApiMutation('POST /api/projects/:project/redaction/stored');
  const running = query.data?.state === 'running';
  return (
    <Paper component="section" aria-labelledby="stored">
      <Stack gap="sm">
        <Title order={2} id="stored">
          {t('stored.title')}
        </Title>
        <Text size="sm" maw={820}>
          {t('stored.text')} {t('stored.writesWait', { size: formatBytes(fileBytes), seconds: writesWait(fileBytes) })}
        </Text>
        <Group gap="sm">
          <ConfirmButton
            title={t('stored.confirmTitle')}
            text={`${t('stored.confirmText')} ${t('stored.writesWait', { size: formatBytes(fileBytes), seconds: writesWait(fileBytes) })}`}
            disabled={unsaved || running}
            loading={start.isPending}
            onConfirm={() => start.mutate({ params, body: { author: author.trim() } })}
          >
            {t('stored.apply')}
          </ConfirmButton>
          {unsaved && (
            <Text size="sm" c="dimmed">
              {t('stored.saveFirst')}
            </Text>
          )}
        </Group>
        {start.error !== null && <ErrorAlert error={start.error} />}
        <QueryState query={query} height={40}>
          {(state) => <HowFar project={project} state={state} />}
        </QueryState>
        {applied.length > 0 && <Applied applied={applied} />}
      </Stack>
    </Paper>
  );
}

/** 420 MB took 8 s: twice that is what a person should be ready for. */
const writesWait = (bytes: number): number => Math.max(1, Math.ceil((2 * bytes) / (420e6 / 8)));

function HowFar({ project, state }: { project: string; state: State }) {
  const { t } = useTranslation('redaction');
  const errorText = useErrorText();
  switch (state.state) {
    case 'idle':
      return null;
    case 'running':
      return <Running project={project} state={state} />;
    case 'stopped':
      return (
        <Text size="sm" role="status">
          {t('stored.stopped')}
        </Text>
      );
    case 'failed':
      return (
        <Alert color="red" variant="light" role="alert">
          {errorText({ code: state.code, message: state.reason, values: { reason: state.reason } })}
        </Alert>
      );
    case 'done':
      return <Done project={project} state={state} />;
  }
}

function Running({ project, state }: { project: string; state: Of<'running'> }) {
  const { t } = useTranslation('redaction');
  const stop = useApiMutation('DELETE /api/projects/:project/redaction/stored');
  const { phase, done, total } = state;
  return (
    <Group gap="sm" wrap="nowrap">
      <Stack gap={4} flex={1}>
        <Text size="sm" role="status">
          {t(`stored.phase.${phase}`, { done, total })}
        </Text>
        <Progress
          value={total === 0 || phase === 'file' ? 100 : (100 * done) / total}
          animated={total === 0 || phase === 'file'}
          aria-label={t('stored.title')}
        />
      </Stack>
      <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params: { project } })}>
        {t('stored.stop')}
      </Button>
    </Group>
  );
}

function Done({ project, state }: { project: string; state: Of<'done'> }) {
  const { t } = useTranslation('redaction');
  const { records, changed, matchingCases, cases, copies } = state;
  return (
    <Stack gap="xs">
      <Group gap="xs" role="status">
        <CircleCheck size={16} aria-hidden />
        <Text size="sm">{t('stored.done', { changed, count: records })}</Text>
      </Group>
      {matchingCases > 0 && (
        <>
          <Text size="sm">{t('stored.cases', { count: matchingCases })}</Text>
          <ul className={classes.cases}>
            {cases.map(({ set, key, current }) => (
              <li key={`${set}/${key}`}>
                {current ? (
                  <AnchorLink to="/projects/$project/sets/$set" params={{ project, set }} search={{ case: key }}>
                    {set}/{key}
                  </AnchorLink>
                ) : (
                  t('stored.earlierVersion', { name: `${set}/${key}` })
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {copies.length > 0 && (
        <Text size="sm">
          {t('stored.copies')} <span className="mono">{copies.join(', ')}</span>
        </Text>
      )}
    </Stack>
  );
}

function Applied({ applied }: { applied: RedactionView['stored'] }) {
  const { t } = useTranslation('redaction');
  return (
    <Table.ScrollContainer minWidth={460}>
      <Table aria-label={t('stored.earlier')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('history.when')}</Table.Th>
            <Table.Th>{t('history.who')}</Table.Th>
            <Table.Th>{t('stored.rules')}</Table.Th>
            <Table.Th>{t('stored.changed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {applied.map(({ createdAt, author, rules, records, changed }) => (
            <Table.Tr key={createdAt}>
              <Table.Td>
                <DateTime at={createdAt} />
              </Table.Td>
              <Table.Td>{author || t('nobody')}</Table.Td>
              <Table.Td>{rules === 0 ? t('standard') : t('version', { number: rules })}</Table.Td>
              <Table.Td>{t('stored.ofRecords', { changed, count: records })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
