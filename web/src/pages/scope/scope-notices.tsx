import { Alert, Button, Group, Text } from '@mantine/core';
import { History, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DateTime } from '../../components/figures.tsx';
import classes from './scope.module.css';
import { ScopeDifference } from './scope-difference.tsx';
import { type Base, differingFields, type Scope, type ScopeVersion } from './scope-draft.ts';

/** Says that the form holds what was left unsaved, and leads back to the version. */
export function ScopeRestored({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const { t } = useTranslation('scope');
  return (
    <Alert role="status" color="blue" variant="light" icon={<History size={18} />} title={t('draft.restored')}>
      <Group gap="xs">
        <Text size="sm">
          {t('draft.at')} <DateTime at={at} />
        </Text>
        <ConfirmButton size="compact-sm" title={t('draft.discardTitle')} text={t('draft.lost')} onConfirm={onDiscard}>
          {t('draft.discard')}
        </ConfirmButton>
      </Group>
    </Alert>
  );
}

type MeanwhileProps = {
  /** What was saved by someone else. */
  newest: ScopeVersion;
  /** What the draft began with, and what it says. */
  base: Base;
  mine: Scope;
  onGoOn: (writing: 'over' | 'kept' | 'dropped') => void;
};

/** Warns that a version was saved since the draft began: what differs, who changed what, and the ways on. Nothing is overwritten until one is chosen. */
export function ScopeMeanwhile({ newest, base, mine, onGoOn }: MeanwhileProps) {
  const { t } = useTranslation('scope');
  const { number, author } = newest;
  const theirs = differingFields(base.scope, newest.scope);
  const own = differingFields(base.scope, mine);
  const both = theirs.filter((field) => own.includes(field));
  const names = (fields: readonly (typeof theirs)[number][]) =>
    fields.map((field) => t(`field.${field}`)).join(t('comma'));
  return (
    <Alert
      role="alert"
      color="yellow"
      variant="light"
      icon={<Users size={18} />}
      title={author === '' ? t('meanwhile.title', { number }) : t('meanwhile.titleBy', { number, author })}
    >
      <Text size="sm">
        {t('meanwhile.changed', { theirs: names(theirs), own: names(own) })}{' '}
        {both.length > 0 && t('meanwhile.both', { fields: names(both) })} {t('meanwhile.text')}
      </Text>
      <Group gap="xs" my="xs">
        <Button size="compact-sm" onClick={() => onGoOn('over')}>
          {t('meanwhile.over')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onGoOn('kept')}>
          {t('meanwhile.kept')}
        </Button>
        <ConfirmButton
          size="compact-sm"
          title={t('meanwhile.dropped', { number })}
          text={t('draft.lost')}
          onConfirm={() => onGoOn('dropped')}
        >
          {t('meanwhile.dropped', { number })}
        </ConfirmButton>
      </Group>
      <div className={classes.difference}>
        <ScopeDifference
          from={{ label: t('version', { number }), scope: newest.scope }}
          to={{ label: t('mine'), scope: mine }}
        />
      </div>
    </Alert>
  );
}
