import { Button, Group, Modal, Paper, SegmentedControl, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Send, Trash2, Webhook } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../../api/query.ts';
import { useAuthor } from '../../../components/author-field.tsx';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { DialogActions } from '../../../components/dialog-actions.tsx';
import { useErrorText } from '../../../components/error-text.ts';
import { DateTime } from '../../../components/figures.tsx';
import { ErrorAlert, QueryState } from '../../../components/query-state.tsx';
import { REFRESH_MS } from '../use-observations.ts';

type Told = Answer<'GET /api/projects/:project/alerts/webhook'>;
type Set = NonNullable<Told['webhook']>;

/** Where alerts are told, and what became of each message. */
export function WebhookPanel({ project }: { project: string }) {
  const { t } = useTranslation('alerts');
  const params = { project };
  const query = useApi('GET /api/projects/:project/alerts/webhook', { params }, { refetchInterval: REFRESH_MS });
  const test = useApiMutation('POST /api/projects/:project/alerts/webhook/test');
  const remove = useApiMutation('DELETE /api/projects/:project/alerts/webhook');
  return (
    <Paper component="section" aria-labelledby="webhook">
      <Title order={2} id="webhook">
        {t('webhook.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw={820}>
        {t('webhook.text')}
      </Text>
      <QueryState query={query} height={60}>
        {({ webhook, deliveries }) => (
          <Stack gap="sm">
            {webhook !== null && <Present webhook={webhook} />}
            <Group gap="xs">
              <EditWebhook project={project} webhook={webhook} />
              {webhook !== null && (
                <>
                  <Button
                    variant="default"
                    leftSection={<Send size={16} aria-hidden />}
                    loading={test.isPending}
                    onClick={() => test.mutate({ params })}
                  >
                    {t('webhook.test')}
                  </Button>
                  <ConfirmButton
                    leftSection={<Trash2 size={16} aria-hidden />}
                    title={t('webhook.remove')}
                    text={t('webhook.removeText')}
                    onConfirm={() => remove.mutate({ params })}
                  >
                    {t('webhook.remove')}
                  </ConfirmButton>
                </>
              )}
            </Group>
            {test.error !== null && <ErrorAlert error={test.error} />}
            {remove.error !== null && <ErrorAlert error={remove.error} />}
            {deliveries.length > 0 && <Deliveries deliveries={deliveries} />}
          </Stack>
        )}
      </QueryState>
    </Paper>
  );
}

function Present({ webhook }: { webhook: Set }) {
  const { t } = useTranslation('alerts');
  const { url, urlVariable, authorizationVariable, signingVariable, unset } = webhook;
  const variables = [authorizationVariable, signingVariable].filter((name) => name !== null);
  return (
    <div>
      <Text className="mono" style={{ overflowWrap: 'anywhere' }}>
        {url ?? `$${urlVariable}`}
      </Text>
      {variables.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('webhook.with', { names: variables.join(', ') })}
        </Text>
      )}
      {unset.length > 0 && (
        <Text size="sm" c="var(--w-fail)" role="status">
          {t('webhook.unset', { names: unset.join(', ') })}
        </Text>
      )}
    </div>
  );
}

function EditWebhook({ project, webhook }: { project: string; webhook: Set | null }) {
  const { t } = useTranslation('alerts');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<Webhook size={16} aria-hidden />} onClick={open}>
        {t(webhook === null ? 'webhook.set' : 'webhook.change')}
      </Button>
      <Modal opened={opened} onClose={close} title={t(webhook === null ? 'webhook.set' : 'webhook.change')}>
        <WebhookForm project={project} webhook={webhook} onDone={close} />
      </Modal>
    </>
  );
}

function WebhookForm({ project, webhook, onDone }: { project: string; webhook: Set | null; onDone: () => void }) {
  const { t } = useTranslation('alerts');
  const [typed, setTyped] = useState({
    by: webhook?.urlVariable ? 'variable' : 'address',
    url: webhook?.url ?? webhook?.urlVariable ?? '',
    authorization: webhook?.authorizationVariable ?? '',
    signing: webhook?.signingVariable ?? '',
  });
  const [author] = useAuthor();
  const save = useApiMutation('PUT /api/projects/:project/alerts/webhook');
  const byVariable = typed.by === 'variable';
  const type = (name: keyof typeof typed) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const url = typed.url.trim();
    const body = {
      ...(byVariable ? { urlVariable: url } : { url }),
      authorizationVariable: typed.authorization.trim() || null,
      signingVariable: typed.signing.trim() || null,
      author: author.trim(),
    };
    save.mutate({ params: { project }, body }, { onSuccess: onDone });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <SegmentedControl
        aria-label={t('webhook.by')}
        value={typed.by}
        data={[
          { value: 'address', label: t('webhook.address') },
          { value: 'variable', label: t('webhook.variable') },
        ]}
        onChange={(by) => setTyped((before) => ({ ...before, by, url: '' }))}
      />
      <TextInput
        label={t(byVariable ? 'webhook.variable' : 'webhook.address')}
        description={t(byVariable ? 'webhook.variableHelp' : 'webhook.addressHelp')}
        placeholder={byVariable ? 'WHETSTONE_WEBHOOK_URL' : 'https://'}
        required
        value={typed.url}
        onChange={type('url')}
      />
      <TextInput
        label={t('webhook.signing')}
        description={t('webhook.signingHelp')}
        placeholder="WHETSTONE_WEBHOOK_KEY"
        value={typed.signing}
        onChange={type('signing')}
      />
      <TextInput
        label={t('webhook.authorization')}
        description={t('webhook.authorizationHelp')}
        placeholder="WHETSTONE_WEBHOOK_AUTHORIZATION"
        value={typed.authorization}
        onChange={type('authorization')}
      />
      <DialogActions error={save.error} onCancel={onDone}>
        <Button type="submit" loading={save.isPending}>
          {t('webhook.save')}
        </Button>
      </DialogActions>
    </Stack>
  );
}

function Deliveries({ deliveries }: Pick<Told, 'deliveries'>) {
  const { t } = useTranslation('alerts');
  const errorText = useErrorText();
  return (
    <div>
      <Title order={3} id="deliveries" mb={4}>
        {t('delivery.title')}
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-labelledby="deliveries">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('history.when')}</Table.Th>
              <Table.Th>{t('delivery.message')}</Table.Th>
              <Table.Th className="nowrap">{t('delivery.attempt')}</Table.Th>
              <Table.Th>{t('delivery.outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {deliveries.map(({ id, startedAt, event, attempt, status, httpStatus, problem }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <DateTime at={startedAt} />
                </Table.Td>
                <Table.Td className="nowrap">{t(event === null ? 'delivery.test' : `state.${event}`)}</Table.Td>
                <Table.Td>{attempt}</Table.Td>
                <Table.Td>
                  {t(`delivery.status.${status}`)}
                  {httpStatus !== null && ` (${httpStatus})`}
                  {problem !== null && (
                    <Text size="xs" c="dimmed">
                      {errorText(problem)}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
