import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Person, usePeople } from './use-people.ts';

type Role = Person['role'];
const roles: readonly Role[] = ['viewer', 'editor', 'approver'];

/** Why whoever uses this browser will be refused what needs that role; null where they won't. */
export function useRoleHint(needs: Role = 'editor'): string | null {
  const { t } = useTranslation();
  const { people, me } = usePeople();
  if (people.length === 0) return null;
  if (me === null) return t('role.unknown');
  if (roles.indexOf(me.role) >= roles.indexOf(needs)) return null;
  return t('role.insufficient', { role: t(`people:role.${me.role}.name`), needed: t(`people:role.${needs}.name`) });
}

/** Says so before something is filled in for nothing; for forms that ask for no name. */
export function RoleHint({ needs }: { needs?: Role }) {
  const hint = useRoleHint(needs);
  return (
    hint !== null && (
      <Text size="sm" c="var(--w-fail)" role="status">
        {hint}
      </Text>
    )
  );
}
