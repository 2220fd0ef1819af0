import { Group } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { MessageSquareText } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { apiQuery, useApi } from '../../api/query.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { DateTime } from '../../components/figures.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { ToFirstVersion } from '../../components/to-first-version.tsx';
import { FileOffers } from './file-offers.tsx';
import { LabelBadge } from './label-badge.tsx';
import { LatestRate } from './latest-rate.tsx';
import { NewPrompt } from './new-prompt.tsx';
import type { PromptVersion } from './prompt-version.ts';

type Prompt = Answer<'GET /api/projects/:project/prompts'>['prompts'][number];
/** The versions of each prompt come in answers of their own; until then they are none. */
type Row = Prompt & { versions: readonly PromptVersion[] };

const column = columnsOf<Row>();

/** The prompts of a project, each with how its newest version did. */
export function Prompts() {
  const { t } = useTranslation('prompts');
  const { project } = useParams({ from: '/projects/$project/prompts' });
  const query = useApi('GET /api/projects/:project/prompts', { params: { project } });
  const columns = useColumns(project);
  return (
    <>
      <PageHeader
        title={t('common:pages.prompts')}
        subtitle={t('list.subtitle')}
        actions={<NewPrompt project={project} />}
      />
      <QueryState query={query}>
        {({ prompts }) => (
          <>
            <FileOffers project={project} prompts={prompts} />
            {prompts.length === 0 ? (
              <EmptyState
                icon={MessageSquareText}
                title={t('list.empty')}
                action={<ToFirstVersion project={project} step="prompt" />}
              >
                {t('list.emptyText', { variable: '{{review}}' })}
              </EmptyState>
            ) : (
              <Table project={project} prompts={prompts} columns={columns} />
            )}
          </>
        )}
      </QueryState>
    </>
  );
}

type TableProps = { project: string; prompts: readonly Prompt[]; columns: ReturnType<typeof useColumns> };

function Table({ project, prompts, columns }: TableProps) {
  const { t } = useTranslation('prompts');
  const details = useQueries({
    queries: prompts.map(({ slug }) =>
      apiQuery('GET /api/projects/:project/prompts/:prompt', { params: { project, prompt: slug } }),
    ),
  });
  const rows = prompts.map((prompt, index) => ({ ...prompt, versions: details[index]?.data?.versions ?? [] }));
  return <DataTable label={t('common:pages.prompts')} columns={columns} data={rows} rowKey={(prompt) => prompt.slug} />;
}

function useColumns(project: string) {
  const { t } = useTranslation('prompts');
  return useMemo(
    () =>
      column.columns([
        column.accessor('name', {
          header: t('list.name'),
          cell: ({ row: { original: prompt } }) => (
            <AnchorLink
              to="/projects/$project/prompts/$prompt"
              params={{ project, prompt: prompt.slug }}
              inherit
              className="nowrap"
            >
              {prompt.name}
            </AnchorLink>
          ),
        }),
        column.accessor('versionCount', { header: t('list.versions'), meta: { numeric: true } }),
        column.accessor(({ versions }) => versions.at(-1)?.note ?? '', {
          id: 'newest',
          header: t('list.newest'),
          meta: { fill: true },
          cell: ({ row: { original: prompt } }) => <Newest versions={prompt.versions} />,
        }),
        column.accessor(({ versions }) => versions.at(-1)?.latestRun?.passRate ?? undefined, {
          id: 'rate',
          header: t('list.rate'),
          meta: { numeric: true },
          cell: ({ row: { original: prompt } }) => (
            <LatestRate project={project} run={prompt.versions.at(-1)?.latestRun ?? null} />
          ),
        }),
        column.display({
          id: 'labels',
          header: t('list.labels'),
          cell: ({ row: { original: prompt } }) => <Labels versions={prompt.versions} />,
        }),
        column.accessor('createdAt', {
          header: t('list.created'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
      ]),
    [project, t],
  );
}

function Newest({ versions }: { versions: readonly PromptVersion[] }) {
  const { t } = useTranslation('prompts');
  const newest = versions.at(-1);
  if (newest === undefined) return <span className="dim">{t('noVersion')}</span>;
  return (
    <>
      {t('version', { number: newest.number })} <span className="dim">{newest.note}</span>
    </>
  );
}

function Labels({ versions }: { versions: readonly PromptVersion[] }) {
  const { t } = useTranslation('prompts');
  return (
    <Group gap={4} wrap="nowrap">
      {versions.flatMap(({ number, labels }) =>
        labels.map((label) => <LabelBadge key={label} label={label} text={t('labelOf', { label, number })} />),
      )}
    </Group>
  );
}
