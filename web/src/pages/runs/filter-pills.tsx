import { Button, Group } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const ROUTE = '/projects/$project/runs/$run';

/** The filters that a link set, each of which can be taken away. */
export function FilterPills() {
  const { t } = useTranslation('results');
  const { tag, label, answer, errorCode, language } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const pills = [
    { name: 'tag', value: tag, text: t('filter.tag', { value: tag }) },
    { name: 'label', value: label, text: t('filter.labelIs', { value: label }) },
    { name: 'answer', value: answer, text: t('filter.answer', { value: answer }) },
    { name: 'errorCode', value: errorCode, text: t('filter.errorCode', { value: errorCode }) },
    {
      name: 'language',
      value: language,
      text: t('filter.language', { value: language && t(`breakdown.language.${language}`) }),
    },
  ].filter(({ value }) => value !== undefined);
  if (pills.length === 0) return null;
  return (
    <Group gap={6} mb="xs" role="group" aria-label={t('filter.label')}>
      {pills.map(({ name, text }) => (
        <Button
          key={name}
          size="compact-xs"
          variant="default"
          rightSection={<X size={12} aria-hidden />}
          aria-label={t('filter.remove', { filter: text })}
          onClick={() =>
            navigate({
              search: (before) => ({ ...before, [name]: undefined, result: undefined }),
              resetScroll: false,
            })
          }
        >
          {text}
        </Button>
      ))}
    </Group>
  );
}
