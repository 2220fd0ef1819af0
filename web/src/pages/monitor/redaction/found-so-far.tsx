import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../../components/figures.tsx';
import classes from './redaction.module.css';
import type { RedactionView } from './rules-draft.ts';

type CountedProps = { name: string; counts: RedactionView['counts'] };

/** A label with how often its rule has found something. */
export const Counted = ({ label, ...found }: CountedProps & { label: string }) => (
  <>
    {label} <FoundSoFar {...found} />
  </>
);

/** How often a rule has found something, and when last; nothing where it never has. */
export function FoundSoFar({ name, counts }: CountedProps) {
  const { t } = useTranslation('redaction');
  const found = counts.find((one) => one.name === name);
  if (found === undefined) return null;
  return (
    <Text component="span" size="xs" className={classes.found}>
      {t('found', { count: found.count })} · <DateTime at={found.lastAt} />
    </Text>
  );
}
