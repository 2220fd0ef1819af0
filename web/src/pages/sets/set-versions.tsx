import { Group, Select, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { AnchorLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { SetDetail } from './set-contents.tsx';
import { SetDifferences } from './set-differences.tsx';
import { VersionTable } from './version-table.tsx';

const here = '/projects/$project/sets/$set/versions';

/** The versions of a set: who saved what and why, what any two differ in, and a way back. */
export function SetVersions() {
  const { t } = useTranslation('setVersions');
  const params = useParams({ from: here });
  const query = useApi('GET /api/projects/:project/sets/:set', { params });
  return (
    <>
      <PageHeader
        title={t('title', { set: query.data?.name ?? params.set })}
        subtitle={
          <AnchorLink to="/projects/$project/sets/$set" params={params} size="sm">
            {t('audit:back')}
          </AnchorLink>
        }
      />
      <QueryState query={query} height={360}>
        {(set) => <Contents project={params.project} set={set} />}
      </QueryState>
    </>
  );
}

function Contents({ project, set }: { project: string; set: SetDetail }) {
  const { t } = useTranslation('setVersions');
  const asked = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const [restored, setRestored] = useState<{ number: number; restored: number } | null>(null);
  const b = asked.b ?? set.version;
  const a = asked.a ?? Math.max(1, b - 1);
  const numbers = set.versions.toReversed().map(({ number }) => String(number));
  const choose = (next: { a?: number; b?: number }) =>
    navigate({ search: { a, b, ...next }, replace: true, resetScroll: false });
  return (
    <Stack gap="md">
      <Text size="sm">{t('intro')}</Text>
      {restored !== null && (
        <Text size="sm" role="status" c="var(--w-pass)">
          {restored.number === set.version && restored.number > restored.restored
            ? t('restore.done', restored)
            : t('restore.same')}
        </Text>
      )}
      <VersionTable
        project={project}
        set={set}
        shown={b}
        onChanges={(number) => choose({ a: Math.max(1, number - 1), b: number })}
        onRestored={(number, version) => setRestored({ number, restored: version })}
      />
      <Title order={2}>{t('compare')}</Title>
      {set.versions.length < 2 ? (
        <Text size="sm" c="dimmed">
          {t('one')}
        </Text>
      ) : (
        <>
          <Group gap="sm">
            <Select
              label={t('from')}
              w={140}
              allowDeselect={false}
              data={numbers}
              value={String(a)}
              onChange={(value) => choose({ a: Number(value) })}
            />
            <Select
              label={t('to')}
              w={140}
              allowDeselect={false}
              data={numbers}
              value={String(b)}
              onChange={(value) => choose({ b: Number(value) })}
            />
          </Group>
          <SetDifferences project={project} set={set.slug} a={a} b={b} />
        </>
      )}
    </Stack>
  );
}
