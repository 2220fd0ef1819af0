import { Modal, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHotkeys, useSingleKeys } from '../components/hotkey.ts';
import { KeyboardHint } from '../components/keyboard-hint.tsx';
import classes from './help.module.css';

type Key = { keys: string; label: string };

/** The keys that work on the page that is open. */
export function Help({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation('shortcuts');
  const hotkeys = useHotkeys();
  const [on, choose] = useSingleKeys();
  const goes = ({ keys }: Key) => keys.startsWith('g ');
  const everywhere = [
    { keys: 'mod+K', label: t('search') },
    { keys: 'Tab', label: t('next') },
    { keys: 'Esc', label: t('close') },
  ];
  return (
    <Modal opened={opened} onClose={close} title={t('title')} size="lg">
      <Stack gap="md">
        <Keys title={t('everywhere')} keys={[...everywhere, ...hotkeys.filter(({ keys }) => keys === '?')]} />
        <Keys title={t('go')} keys={hotkeys.filter(goes)} />
        <Keys title={t('here')} keys={hotkeys.filter((key) => !goes(key) && key.keys !== '?')} />
        <Switch
          checked={on}
          onChange={(event) => choose(event.currentTarget.checked)}
          label={t('singleKeys')}
          description={t('singleKeysHelp')}
        />
      </Stack>
    </Modal>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly Key[] }) {
  if (keys.length === 0) return null;
  return (
    <section>
      <Text fw={600} component="h2" mb={4}>
        {title}
      </Text>
      <dl className={classes.keys}>
        {keys.map(({ keys, label }) => (
          <div key={keys} className={classes.pair}>
            <dt>
              <KeyboardHint keys={keys} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
