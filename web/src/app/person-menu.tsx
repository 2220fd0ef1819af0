import { ActionIcon, Button, Menu, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { LogOut, User, UserCheck, Users } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../api/query.ts';
import { DialogActions } from '../components/dialog-actions.tsx';
import { usePeople } from '../components/use-people.ts';

/** Who uses this browser: says it, takes a token, forgets it. */
export function PersonMenu() {
  const { t } = useTranslation('people');
  const { me, open } = usePeople();
  const [asked, { open: ask, close }] = useDisclosure();
  const leave = useApiMutation('DELETE /api/people/me');
  const label = me === null ? t(open ? 'menu.open' : 'menu.unknown') : t('menu.known', { name: me.name });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color={me === null && !open ? 'orange' : 'gray'}
            aria-label={label}
            title={label}
          >
            {me === null ? <User size={18} /> : <UserCheck size={18} />}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown maw={300}>
          <Menu.Label>
            {me === null ? label : t('menu.role', { name: me.name, role: t(`role.${me.role}.name`) })}
          </Menu.Label>
          {!open && (
            <Menu.Item leftSection={<UserCheck size={14} aria-hidden />} onClick={ask}>
              {t(me === null ? 'menu.choose' : 'menu.another')}
            </Menu.Item>
          )}
          {me !== null && (
            <Menu.Item leftSection={<LogOut size={14} aria-hidden />} onClick={() => leave.mutate({})}>
              {t('menu.leave')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Users size={14} aria-hidden />} component={Link} to="/settings" hash="people">
            {t('menu.people')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asked} onClose={close} title={t('choose.title')}>
        <ChooseForm onDone={close} />
      </Modal>
    </>
  );
}

function ChooseForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const [token, setToken] = useState('');
  const choose = useApiMutation('POST /api/people/me');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate({ body: { token: token.trim() } }, { onSuccess: onDone });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <PasswordInput
        data-autofocus
        required
        label={t('choose.token')}
        description={t('choose.help')}
        autoComplete="off"
        maxLength={200}
        visibilityToggleButtonProps={{ 'aria-label': t('choose.show') }}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t('choose.lost')}
      </Text>
      <DialogActions error={choose.error} onCancel={onDone}>
        <Button type="submit" loading={choose.isPending}>
          {t('choose.action')}
        </Button>
      </DialogActions>
    </Stack>
  );
}
