import { Button, Group, NumberInput, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { formatPercent } from '../../components/format.ts';
import { PriceForm } from './price-form.tsx';

type ListedShare = Answer<'GET /api/prices'>['batchShares'][number];

/** Which part of its price a connection asks for answers in batches. */
export function BatchShares({ shares }: { shares: readonly ListedShare[] }) {
  const { t } = useTranslation('prices');
  const [open, setOpen] = useState<ListedShare | null>();
  return (
    <section aria-labelledby="batch-shares">
      <Title order={3} id="batch-shares">
        {t('share.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('share.help')}
      </Text>
      <Group gap="xs" mt={6}>
        {shares.map((listed) => (
          <Button key={listed.connection} variant="default" size="compact-sm" onClick={() => setOpen(listed)}>
            {t(listed.own === null ? 'share.program' : 'share.own', {
              connection: listed.connection,
              share: formatPercent(listed.own?.share ?? listed.shipped ?? 1, 0),
            })}
          </Button>
        ))}
        <Button variant="default" size="compact-sm" onClick={() => setOpen(null)}>
          {t('share.add')}
        </Button>
      </Group>
      {open !== undefined && <ShareDialog key={open?.connection} listed={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

function ShareDialog({ listed, onClose }: { listed: ListedShare | null; onClose: () => void }) {
  const { t } = useTranslation('prices');
  const [connection, setConnection] = useState(listed?.connection ?? '');
  const [percent, setPercent] = useState<string | number>(100 * (listed?.own?.share ?? listed?.shipped ?? 0.5));
  const save = useApiMutation('PUT /api/prices/batch-share');
  return (
    <PriceForm
      title={listed === null ? t('share.add') : t('share.of', { subject: listed.connection })}
      kind="batch_share"
      subject={listed?.connection ?? null}
      own={listed?.own ?? null}
      onClose={onClose}
      save={save}
      onSave={(said) =>
        save.mutate(
          { body: { connection: connection.trim(), share: Number(percent) / 100, ...said } },
          { onSuccess: onClose },
        )
      }
    >
      {listed === null && (
        <TextInput
          label={t('share.connection')}
          description={t('share.connectionHelp')}
          value={connection}
          onChange={(event) => setConnection(event.currentTarget.value)}
          required
          maxLength={80}
          data-autofocus
        />
      )}
      <NumberInput
        label={t('share.label')}
        value={percent}
        onChange={setPercent}
        required
        min={1}
        max={100}
        suffix=" %"
        hideControls
        data-autofocus={listed !== null || undefined}
      />
    </PriceForm>
  );
}
