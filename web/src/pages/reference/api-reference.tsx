import { Anchor, Group, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FileJson, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchJson } from '../../api/client.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { type OpenApiDocument, type Operation, operationsOf } from './openapi.ts';
import { OperationDetails } from './operation-details.tsx';

const ADDRESS = '/api/openapi.json';

/** What programs can ask this server, from the same description that checks their requests. */
export function ApiReference() {
  const { t } = useTranslation('apiReference');
  const [search, setSearch] = useState('');
  const query = useQuery({ queryKey: [ADDRESS], queryFn: () => fetchJson<OpenApiDocument>(ADDRESS) });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Anchor href={ADDRESS} target="_blank">
            <Group gap={6}>
              <FileJson size={16} aria-hidden /> {t('document')}
            </Group>
          </Anchor>
        }
      />
      <TextInput
        maw={420}
        mb="md"
        type="search"
        label={t('search')}
        leftSection={<Search size={15} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <QueryState query={query}>
        {(document) => <Operations operations={matching(operationsOf(document), search)} />}
      </QueryState>
    </>
  );
}

function matching(operations: Operation[], search: string): Operation[] {
  const words = search.toLowerCase().split(/\s+/);
  return operations.filter(({ method, path, summary }) => {
    const text = `${method} ${path} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function Operations({ operations }: { operations: Operation[] }) {
  const { t } = useTranslation('apiReference');
  if (operations.length === 0) return <EmptyState icon={Search} title={t('nothing')} />;
  const groups = Map.groupBy(operations, ({ group }) => group);
  return (
    <Stack gap="lg">
      {[...groups].map(([group, members]) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <Title order={2} id={`group-${group}`} mb="xs">
            {group}
          </Title>
          <Stack gap={6}>
            {members.map((operation) => (
              <OperationDetails key={operation.id} operation={operation} />
            ))}
          </Stack>
        </section>
      ))}
    </Stack>
  );
}
