import { Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient, queryKey } from '../../api/query.ts';
import { QueryState } from '../../components/query-state.tsx';
import { useLocalModels } from '../../components/use-local-models.ts';
import { AddFile } from './add-file.tsx';
import { LocalModelCard } from './local-model-card.tsx';

/** Models whose file lies on this machine or can be fetched. */
export function LocalModelList() {
  const { t } = useTranslation('models');
  const query = useLocalModels();
  const ready = query.data?.models.filter(({ state }) => state.type === 'ready').map(({ name }) => name);
  useListedAgain(ready?.join());
  return (
    <section aria-labelledby="local-models">
      <Group justify="space-between" mb={4}>
        <Title order={2} id="local-models">
          {t('local.title')}
        </Title>
        <AddFile />
      </Group>
      <Text c="dimmed" mb="sm" maw={820}>
        {t('local.help')}
      </Text>
      <QueryState query={query}>
        {({ models, availableMemoryBytes }) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
            {models.map((model) => (
              <LocalModelCard
                key={model.name}
                model={model}
                availableBytes={availableMemoryBytes}
                at={query.dataUpdatedAt}
              />
            ))}
          </SimpleGrid>
        )}
      </QueryState>
    </section>
  );
}

/** A file that has come makes a model that can be asked: the lists of models are read again. */
function useListedAgain(ready: string | undefined): void {
  useEffect(() => {
    if (ready !== undefined) void queryClient.invalidateQueries({ queryKey: queryKey('GET /api/models') });
  }, [ready]);
}
