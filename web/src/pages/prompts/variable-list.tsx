import { Group, Text } from '@mantine/core';
import { Check, CircleQuestionMark, Minus } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';

type Props = {
  /** What the templates take; undefined until it is known. */
  used: readonly string[] | undefined;
  /** What the chosen case gives; null where none is chosen. */
  given: readonly string[] | null;
};

/** The variables of a draft, each with whether the chosen case gives it, then what the case gives that is not used. */
export const VariableList = memo(function VariableList({ used = [], given }: Props) {
  const { t } = useTranslation('prompts');
  const unused = given?.filter((name) => !used.includes(name)) ?? [];
  return (
    <Group gap={6} role="group" aria-label={t('variables.label')}>
      <Text size="sm" c="dimmed">
        {t('variables.label')}
      </Text>
      {used.length === 0 && <Text size="sm">{t('variables.none')}</Text>}
      {used.map((name) =>
        given === null || given.includes(name) ? (
          <ToneBadge key={name} tone="pass" icon={Check} text={name} title={t('variables.known')} />
        ) : (
          <ToneBadge
            key={name}
            tone="none"
            icon={CircleQuestionMark}
            text={t('variables.unknownText', { name })}
            title={t('variables.unknown')}
          />
        ),
      )}
      {unused.map((name) => (
        <ToneBadge
          key={name}
          tone="plain"
          icon={Minus}
          text={t('variables.unusedText', { name })}
          title={t('variables.unused')}
        />
      ))}
    </Group>
  );
});
