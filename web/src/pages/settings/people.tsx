import { Alert, Button, Group, Modal, Paper, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { DateTime } from '../../components/figures.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { RoleHint } from '../../components/role-hint.tsx';
import type { Person } from '../../components/use-people.ts';

const roles = ['viewer', 'editor', 'approver'] as const;
type Given = Answer<'POST /api/people'>;

/** Who works here, in which role. */
export function People() {
  const { t } = useTranslation('people');
  const query = useApi('GET /api/people');
  const [given, setGiven] = useState<Given | null>(null);
  return (
    <section aria-labelledby="people">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="people">
          {t('title')}
        </Title>
        <AddPerson first={query.data?.people.length === 0} onGiven={setGiven} />
      </Group>
      <Text c="dimmed" mb="sm" maw={820}>
        {t('help')}
      </Text>
      {given !== null && <TokenOnce key={given.token} given={given} onClose={() => setGiven(null)} />}
      <QueryState query={query}>
        {({ people, me }) =>
          people.length === 0 ? (
            <Paper>{t('none')}</Paper>
          ) : (
            <Paper>
              <Table.ScrollContainer minWidth={520}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('name')}</Table.Th>
                      <Table.Th>{t('roleLabel')}</Table.Th>
                      <Table.Th>{t('added')}</Table.Th>
                      <Table.Th>{t('actions')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {people.map((person) => (
                      <PersonRow key={person.id} person={person} me={me} onGiven={setGiven} />
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <RoleList />
            </Paper>
          )
        }
      </QueryState>
    </section>
  );
}

function RoleList() {
  const { t } = useTranslation('people');
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {roles.map((role) => t('role.says', { name: t(`role.${role}.name`), may: t(`role.${role}.may`) })).join(' ')}
    </Text>
  );
}

function PersonRow({ person, me, onGiven }: { person: Person; me: Person | null; onGiven: (given: Given) => void }) {
  const { t } = useTranslation('people');
  const params = { id: person.id };
  const change = useApiMutation('PATCH /api/people/:id');
  const replace = useApiMutation('POST /api/people/:id/token');
  const remove = useApiMutation('DELETE /api/people/:id');
  const approver = me?.role === 'approver';
  const error = change.error ?? replace.error ?? remove.error;
  return (
    <>
      <Table.Tr>
        <Table.Td>
          {person.name} {me?.id === person.id && <span className="dim">{t('you')}</span>}
        </Table.Td>
        <Table.Td>
          <Select
            aria-label={t('roleOf', { name: person.name })}
            data={roles.map((role) => ({ value: role, label: t(`role.${role}.name`) }))}
            value={person.role}
            allowDeselect={false}
            disabled={!approver}
            w={150}
            onChange={(role) => role !== null && change.mutate({ params, body: { role } })}
          />
        </Table.Td>
        <Table.Td>
          <DateTime at={person.createdAt} />
        </Table.Td>
        <Table.Td>
          <Group gap="xs" wrap="nowrap">
            {(approver || me?.id === person.id) && (
              <ConfirmButton
                size="compact-sm"
                leftSection={<KeyRound size={14} aria-hidden />}
                title={t('replace.title', { name: person.name })}
                text={t('replace.text')}
                loading={replace.isPending}
                onConfirm={() => replace.mutate({ params }, { onSuccess: onGiven })}
              >
                {t('replace.action')}
              </ConfirmButton>
            )}
            {approver && (
              <ConfirmButton
                size="compact-sm"
                leftSection={<Trash2 size={14} aria-hidden />}
                title={t('remove.title', { name: person.name })}
                text={t('remove.text')}
                loading={remove.isPending}
                onConfirm={() => remove.mutate({ params })}
              >
                {t('remove.action')}
              </ConfirmButton>
            )}
          </Group>
        </Table.Td>
      </Table.Tr>
      {error !== null && (
        <Table.Tr>
          <Table.Td colSpan={4}>
            <ErrorAlert error={error} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** The token can't be read again. */
function TokenOnce({ given: { person, token }, onClose }: { given: Given; onClose: () => void }) {
  const { t } = useTranslation('people');
  const box = useRef<HTMLDivElement>(null);
  // It is shown this once, and may lie below what is seen of a long page. Newer browsers give a promise, which is no way to end an effect.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <Alert ref={box} mb="sm" role="status" title={t('token.title', { name: person.name })} maw={820}>
      <Text mb="xs">{t('token.text')}</Text>
      <CommandBlock label={t('token.label')} command={token} />
      <Text size="sm" my="xs">
        {t('token.use')}
      </Text>
      <Button variant="default" size="compact-sm" onClick={onClose}>
        {t('token.done')}
      </Button>
    </Alert>
  );
}

function AddPerson({ first, onGiven }: { first: boolean; onGiven: (given: Given) => void }) {
  const { t } = useTranslation('people');
  const [opened, { open, close }] = useDisclosure();
  const add = useApiMutation('POST /api/people');
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('editor');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { body: { name, role } },
      {
        onSuccess: (given) => {
          onGiven(given);
          setName('');
          setRole('editor');
          close();
        },
      },
    );
  };
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {t(first ? 'add.first' : 'add.action')}
      </Button>
      <Modal opened={opened} onClose={close} title={t(first ? 'add.first' : 'add.action')}>
        <Stack component="form" onSubmit={submit}>
          <TextInput
            data-autofocus
            required
            maxLength={80}
            label={t('name')}
            description={t('add.nameHelp')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {first ? (
            <Text size="sm">{t('add.firstHelp')}</Text>
          ) : (
            <Select
              label={t('roleLabel')}
              description={t(`role.${role}.may`)}
              data={roles.map((value) => ({ value, label: t(`role.${value}.name`) }))}
              value={role}
              allowDeselect={false}
              onChange={(value) => value !== null && setRole(value)}
            />
          )}
          <RoleHint needs="approver" />
          <DialogActions error={add.error} onCancel={close}>
            <Button type="submit" loading={add.isPending}>
              {t('add.create')}
            </Button>
          </DialogActions>
        </Stack>
      </Modal>
    </>
  );
}
