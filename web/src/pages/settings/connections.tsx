import { Button, Code, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { AddConnection } from './add-connection.tsx';
import { ConnectionLimits } from './connection-limits.tsx';
import { ConnectionState } from './connection-state.tsx';

type Connection = Answer<'GET /api/connections'>['connections'][number];

/** The ways to models: which can be used, and where one can't, why and what to do. */
export function Connections() {
  const { t } = useTranslation('settings');
  // Looking again asks every server anew; the answer stays what the page shows.
  const [looked, setLooked] = useState(0);
  const query = useApi('GET /api/connections', looked === 0 ? {} : { query: { refresh: true } }, {
    keepPrevious: true,
  });
  const look = () => (looked === 0 ? setLooked(1) : query.refetch());
  return (
    <section aria-labelledby="connections">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="connections">
          {t('connections.title')}
        </Title>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<RotateCw size={14} aria-hidden />}
            loading={query.isFetching}
            onClick={look}
          >
            {t('connections.refresh')}
          </Button>
          <AddConnection />
        </Group>
      </Group>
      <Text c="dimmed" mb="sm" maw={820}>
        {t('connections.help')}{' '}
        <AnchorLink to="/models" inherit underline="always">
          {t('connections.models')}
        </AnchorLink>
      </Text>
      <QueryState query={query}>
        {({ connections }) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
            {connections.map((connection) => (
              <ConnectionCard key={connection.slug} connection={connection} />
            ))}
          </SimpleGrid>
        )}
      </QueryState>
    </section>
  );
}

function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation('settings');
  const errorText = useErrorText();
  const remove = useApiMutation('DELETE /api/connections/:slug');
  const {
    slug,
    name,
    baseUrl,
    destination,
    keyVariable,
    keyPresent,
    kind,
    state,
    reason,
    reasonCode,
    modelCount,
    limits,
  } = connection;
  return (
    <Paper component="article">
      <Group justify="space-between" gap="xs">
        <Title order={3}>{name}</Title>
        <ConnectionState state={state} />
      </Group>
      <Stack gap={4} mt={4}>
        {baseUrl !== null && <span className="mono">{baseUrl}</span>}
        <Text size="sm" c="dimmed">
          {[t(`kind.${kind}`), t(`common:destination.${destination}`), t('modelCount', { count: modelCount })].join(
            ' · ',
          )}
        </Text>
        {state === 'unreachable' && <Text size="sm">{errorText({ code: reasonCode ?? '', message: reason })}</Text>}
        {keyVariable !== null && (
          <Text size="sm">
            {t('key.variable')} <Code>{keyVariable}</Code> {t(keyPresent ? 'key.present' : 'key.absent')}
          </Text>
        )}
        {keyVariable !== null && !keyPresent && (
          <Text size="sm" c="dimmed">
            {t('key.how')} <Code>{`${keyVariable}=…`}</Code>
          </Text>
        )}
        {limits !== null && <ConnectionLimits slug={slug} name={name} limits={limits} />}
        {remove.error !== null && <ErrorAlert error={remove.error} />}
        {kind === 'added' && (
          <Group>
            <ConfirmButton
              size="compact-sm"
              title={t('remove.title', { name })}
              text={t('remove.text')}
              onConfirm={() => remove.mutate({ params: { slug } })}
            >
              {t('remove.action')}
            </ConfirmButton>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
