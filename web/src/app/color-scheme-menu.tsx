import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const schemes = [
  { name: 'light', icon: Sun },
  { name: 'dark', icon: Moon },
  { name: 'auto', icon: Monitor },
] as const;

/** Choice between light, dark and what the system has. */
export function ColorSchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ name }) => name === colorScheme)?.icon ?? Monitor;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('colorScheme.title')}>
          <Current size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ name, icon: Icon }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon size={14} aria-hidden />}
            onClick={() => setColorScheme(name)}
            rightSection={name === colorScheme && <Check size={14} aria-label={t('chosen')} />}
          >
            {t(`colorScheme.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
