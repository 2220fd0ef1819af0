import { List, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { DateTime } from '../../components/figures.tsx';
import { formatPercent, formatPrice } from '../../components/format.ts';

type Change = Answer<'GET /api/prices/changes'>['changes'][number];

/** What people said of a price before: it explains what earlier calls cost. */
export function PriceHistory({ subject }: { subject: string }) {
  const { t } = useTranslation('prices');
  const changes = useApi('GET /api/prices/changes', { query: { subject } }).data?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="price-history">
      <Title order={3} id="price-history">
        {t('history')}
      </Title>
      <List size="sm" spacing={4} mt={4}>
        {changes.map((change) => (
          <List.Item key={change.id}>
            <ChangeText change={change} />{' '}
            <Text span size="xs" c="dimmed">
              {[change.source, change.author].filter(Boolean).join(' · ')} · <DateTime at={change.createdAt} />
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function ChangeText({ change }: { change: Change }) {
  const { t } = useTranslation('prices');
  if (change.value === null) return <>{t('changed.back')}</>;
  if (change.kind === 'batch_share') {
    return <>{t('changed.share', { share: formatPercent(change.value, 0), asOf: change.asOf })}</>;
  }
  const { input, cachedInput, output } = change.value;
  const figures = { input: formatPrice(input), output: formatPrice(output), cached: formatPrice(cachedInput ?? input) };
  return <>{t('changed.price', { ...figures, asOf: change.asOf })}</>;
}
