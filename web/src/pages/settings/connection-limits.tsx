import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { NumberField } from '../../components/number-field.tsx';

type Limits = NonNullable<Answer<'GET /api/connections'>['connections'][number]['limits']>;

const fields = ['requestsPerMinute', 'tokensPerMinute'] as const;

type Props = { slug: string; name: string; limits: Limits };

/** What is asked of a connection in a minute at most, and a dialog to change it. */
export function ConnectionLimits({ slug, name, limits }: Props) {
  const { t } = useTranslation('settings');
  const [opened, { open, close }] = useDisclosure();
  const said = fields.flatMap((field) => {
    const count = limits[field];
    return count === null ? [] : [t(`limits.${field}.said`, { count })];
  });
  return (
    <Group gap="xs" justify="space-between">
      <Text size="sm" c={said.length === 0 ? 'dimmed' : undefined}>
        {said.length === 0 ? t('limits.none') : t('limits.said', { limits: said.join(t('limits.and')) })}
      </Text>
      <Button variant="default" size="compact-sm" onClick={open} aria-label={t('limits.title', { name })}>
        {t('limits.action')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('limits.title', { name })}>
        <LimitForm slug={slug} limits={limits} onDone={close} />
      </Modal>
    </Group>
  );
}

const limitOf = (typed: string | number): number | null => (typed === '' ? null : Number(typed));

function LimitForm({ slug, limits, onDone }: Omit<Props, 'name'> & { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const [draft, setDraft] = useState<Record<(typeof fields)[number], string | number>>({
    requestsPerMinute: limits.requestsPerMinute ?? '',
    tokensPerMinute: limits.tokensPerMinute ?? '',
  });
  const save = useApiMutation('PUT /api/connections/:slug/limits');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { requestsPerMinute, tokensPerMinute } = draft;
    const body = { requestsPerMinute: limitOf(requestsPerMinute), tokensPerMinute: limitOf(tokensPerMinute) };
    save.mutate({ params: { slug }, body }, { onSuccess: onDone });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Text size="sm">{t('limits.help')}</Text>
      {fields.map((field, index) => (
        <NumberField
          key={field}
          label={t(`limits.${field}.label`)}
          description={t(`limits.${field}.help`)}
          value={draft[field]}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          thousandSeparator=","
          hideControls
          data-autofocus={index === 0 || undefined}
          onChange={(value) => setDraft({ ...draft, [field]: value })}
        />
      ))}
      <DialogActions error={save.error} onCancel={onDone}>
        <Button type="submit" loading={save.isPending}>
          {t('common:save')}
        </Button>
      </DialogActions>
    </Stack>
  );
}
