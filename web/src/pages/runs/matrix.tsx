import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Grid3x3, List } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useReadAgainWithRuns } from '../../components/use-runs.ts';
import { Hint } from './hint.tsx';
import type { MatrixData, Scope } from './matrix-reading.ts';
import { MatrixTable } from './matrix-table.tsx';

const ROUTE = '/projects/$project/runs/matrix';

/** Prompt versions by models over one set version: where the project stands, and what was never tried. */
export function Matrix() {
  const { t } = useTranslation('matrix');
  const { project } = useParams({ from: ROUTE });
  const { set, version, split, prompt } = useSearch({ from: ROUTE });
  const query = useApi(
    'GET /api/projects/:project/matrix',
    { params: { project }, query: { set, version, split } },
    { keepPrevious: true },
  );
  useReadAgainWithRuns(project, query.refetch);
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <ButtonLink
            to="/projects/$project/runs"
            params={{ project }}
            variant="default"
            leftSection={<List size={16} aria-hidden />}
          >
            {t('toRuns')}
          </ButtonLink>
        }
      />
      <QueryState query={query}>
        {(matrix) =>
          matrix.scope === null ? (
            <Nothing project={project} />
          ) : (
            <Stack gap="md">
              <Choice matrix={matrix} scope={matrix.scope} />
              <Legend matrix={matrix} scope={matrix.scope} />
              <MatrixTable
                project={project}
                matrix={{ ...matrix, rows: matrix.rows.filter((row) => prompt === undefined || row.prompt === prompt) }}
                scope={matrix.scope}
              />
            </Stack>
          )
        }
      </QueryState>
    </>
  );
}

function Nothing({ project }: { project: string }) {
  const { t } = useTranslation('matrix');
  return (
    <EmptyState
      icon={Grid3x3}
      title={t('empty')}
      action={
        <ButtonLink to="/projects/$project/runs/new" params={{ project }}>
          {t('runs:new.title')}
        </ButtonLink>
      }
    >
      {t('emptyText')}
    </EmptyState>
  );
}

type Props = { matrix: MatrixData; scope: Scope };

/** On which cases; kept in the address. */
function Choice({ matrix, scope }: Props) {
  const { t } = useTranslation('matrix');
  const { prompt } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const go = (change: { set?: string; version?: number; split?: Scope['split']; prompt?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const prompts = [...new Set(matrix.rows.map((row) => row.prompt))];
  const known = matrix.sets.find(({ set }) => set === scope.set)?.versions ?? [];
  const versions = known.includes(scope.setVersion) ? known : [...known, scope.setVersion].sort((a, b) => b - a);
  const sets = [...new Set([...matrix.sets.map(({ set }) => set), scope.set])];
  return (
    <Group gap="xs" align="center">
      <Select
        size="xs"
        w={200}
        aria-label={t('runs:set')}
        allowDeselect={false}
        searchable
        data={sets}
        value={scope.set}
        onChange={(set) => go({ set: set ?? undefined, version: undefined })}
      />
      <Select
        size="xs"
        w={170}
        aria-label={t('version')}
        allowDeselect={false}
        data={versions.map((version) => ({
          value: String(version),
          label: t(version === matrix.newestSetVersion ? 'newestVersion' : 'versionOption', { version }),
        }))}
        value={String(scope.setVersion)}
        onChange={(version) => go({ set: scope.set, version: Number(version) })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('split')}
        value={scope.split}
        onChange={(split) => go({ split })}
        data={(['dev', 'holdout', 'all'] as const).map((value) => ({ value, label: t(`common:split.${value}`) }))}
      />
      {prompts.length > 1 && (
        <Select
          size="xs"
          w={200}
          clearable
          searchable
          aria-label={t('runs:prompt')}
          placeholder={t('anyPrompt')}
          data={prompts}
          value={prompt ?? null}
          onChange={(chosen) => go({ prompt: chosen ?? undefined })}
        />
      )}
      <Text size="sm" c="dimmed" role="status">
        {t('cases', { count: matrix.cases })}
      </Text>
    </Group>
  );
}

function Legend({ matrix: { target, newestSetVersion }, scope: { setVersion } }: Props) {
  const { t } = useTranslation('matrix');
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {target === null ? t('legendBest') : t('legendTarget', { target })} {t('legendPaired')}
      </Text>
      {setVersion !== newestSetVersion && (
        <Hint>{t('oldVersion', { newest: newestSetVersion, version: setVersion })}</Hint>
      )}
    </Stack>
  );
}
