import { Button, Group, Text } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

type Props = {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  /** How many rows there are already. */
  shown: string;
};

/** The way to the next page of rows, where there is one. */
export function MoreRows({ query, shown }: Props) {
  const { t } = useTranslation('runs');
  if (!query.hasNextPage) return null;
  return (
    <Group gap="sm">
      <Button
        size="compact-sm"
        variant="default"
        loading={query.isFetchingNextPage}
        onClick={() => query.fetchNextPage()}
      >
        {t('results.more')}
      </Button>
      <Text size="sm" c="dimmed">
        {shown}
      </Text>
    </Group>
  );
}
