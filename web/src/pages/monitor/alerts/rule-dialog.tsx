import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Pencil, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RuleForm } from './rule-form.tsx';
import type { Alerts, Rule } from './words.ts';

/** A button with a dialog in which one says what is to be watched; with `rule`, within which limits from now on. */
export function RuleDialog({ project, alerts, rule }: { project: string; alerts: Alerts; rule?: Rule }) {
  const { t } = useTranslation('alerts');
  const [opened, { open, close }] = useDisclosure();
  const title = t(rule === undefined ? 'add.title' : 'change.title');
  return (
    <>
      {rule === undefined ? (
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
          {title}
        </Button>
      ) : (
        <Button variant="default" size="compact-sm" leftSection={<Pencil size={14} aria-hidden />} onClick={open}>
          {t('change.action')}
        </Button>
      )}
      <Modal opened={opened} onClose={close} title={title}>
        <RuleForm project={project} alerts={alerts} rule={rule} onDone={close} />
      </Modal>
    </>
  );
}
