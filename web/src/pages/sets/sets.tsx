import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FileUp, FlaskConical } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { DateTime } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { useHotkey } from '../../components/hotkey.ts';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { ToFirstVersion } from '../../components/to-first-version.tsx';
import { ImportSet } from './import-set.tsx';

type EvalSet = Answer<'GET /api/projects/:project/sets'>['sets'][number];

const here = '/projects/$project/sets';
const column = columnsOf<EvalSet>();

/** The evaluation sets of a project, and the import of labelled cases. */
export function Sets() {
  const { t } = useTranslation('sets');
  const { project } = useParams({ from: here });
  const search = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const query = useApi('GET /api/projects/:project/sets', { params: { project } });
  const columns = useColumns(project);
  const open = () => navigate({ search: { import: true }, resetScroll: false });
  useHotkey('n', t('import.action'), open);
  const importLink = (
    <ButtonLink to={here} params={{ project }} search={{ import: true }} leftSection={<FileUp size={16} aria-hidden />}>
      {t('import.action')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('common:pages.sets')} subtitle={t('list.subtitle')} actions={importLink} />
      <QueryState query={query}>
        {({ sets }) => (
          <>
            {sets.length === 0 ? (
              <EmptyState
                icon={FlaskConical}
                title={t('list.empty')}
                action={<ToFirstVersion project={project} step="cases" />}
              >
                {t('list.emptyText')}
              </EmptyState>
            ) : (
              <DataTable label={t('common:pages.sets')} columns={columns} data={sets} rowKey={({ slug }) => slug} />
            )}
            <ImportSet
              project={project}
              sets={sets}
              opened={search.import === true}
              into={search.set}
              onClose={() => navigate({ search: {}, resetScroll: false })}
            />
          </>
        )}
      </QueryState>
    </>
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('sets');
  return useMemo(
    () =>
      column.columns([
        column.accessor('name', {
          header: t('list.name'),
          cell: ({ row: { original: set } }) => (
            <AnchorLink
              to="/projects/$project/sets/$set"
              params={{ project, set: set.slug }}
              inherit
              className="nowrap"
            >
              {set.name}
            </AnchorLink>
          ),
        }),
        column.accessor('caseCount', { header: t('list.cases'), meta: { numeric: true } }),
        column.accessor('version', { header: t('list.version'), meta: { numeric: true } }),
        column.accessor('holdoutShare', {
          header: t('list.holdout'),
          meta: { numeric: true },
          cell: ({ getValue }) => formatPercent(getValue(), 0),
        }),
        column.accessor(({ notes }) => notes.split('\n')[0] ?? '', {
          id: 'notes',
          header: t('list.notes'),
          enableSorting: false,
          meta: { fill: true },
        }),
        column.accessor('createdAt', {
          header: t('list.created'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
      ]),
    [project, t],
  );
}
