import { Group } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { LabelBadge } from './label-badge.tsx';
import { LatestRate } from './latest-rate.tsx';
import type { PromptDetail, PromptVersion } from './prompt-version.ts';

type Props = { project: string; prompt: PromptDetail; shown: number; onShow: (version: number) => void };

const column = columnsOf<PromptVersion>();

/** The history of a prompt, newest version first; a row shows its version below. */
export function VersionTable({ project, prompt, shown, onShow }: Props) {
  const { t } = useTranslation('prompts');
  const columns = useColumns(project, prompt.slug);
  const rows = useMemo(() => prompt.versions.toReversed(), [prompt.versions]);
  return (
    <DataTable
      label={t('history.label')}
      columns={columns}
      data={rows}
      rowKey={({ number }) => String(number)}
      onOpen={({ number }) => onShow(number)}
      openKey={String(shown)}
      maxHeight={360}
    />
  );
}

function useColumns(project: string, prompt: string) {
  const { t } = useTranslation('prompts');
  return useMemo(
    () =>
      column.columns([
        column.accessor('number', {
          header: t('history.version'),
          cell: ({ row: { original: version } }) => (
            <Group gap={6} wrap="nowrap">
              <AnchorLink
                to="/projects/$project/prompts/$prompt"
                params={{ project, prompt }}
                search={{ version: version.number }}
                resetScroll={false}
                inherit
                className="nowrap"
              >
                {t('version', { number: version.number })}
              </AnchorLink>
              {version.labels.map((label) => (
                <LabelBadge key={label} label={label} />
              ))}
            </Group>
          ),
        }),
        column.accessor('note', { header: t('history.note'), meta: { fill: true } }),
        column.accessor(({ latestRun }) => latestRun?.passRate ?? undefined, {
          id: 'rate',
          header: t('history.rate'),
          meta: { numeric: true },
          cell: ({ row: { original: version } }) => <LatestRate project={project} run={version.latestRun} />,
        }),
        column.accessor(({ latestRun }) => (latestRun === null ? undefined : latestRun.noAnswer / latestRun.n), {
          id: 'noAnswer',
          header: t('history.noAnswer'),
          meta: { numeric: true },
          cell: ({ row: { original: version } }) => <NoAnswer run={version.latestRun} />,
        }),
        column.accessor('parent', {
          header: t('history.parent'),
          meta: { numeric: true },
          cell: ({ getValue }) => getValue() ?? <span className="dim">–</span>,
        }),
        column.accessor('author', {
          header: t('history.author'),
          cell: ({ getValue }) => getValue() || <span className="dim">–</span>,
        }),
        column.accessor('createdAt', {
          header: t('history.date'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
      ]),
    [project, prompt, t],
  );
}

/** A share of what was judged, so it has the run's n beside it. */
function NoAnswer({ run }: { run: PromptVersion['latestRun'] }) {
  const { t } = useTranslation('prompts');
  if (run === null || run.n === 0) return <span className="dim">–</span>;
  return (
    <span title={t('history.noAnswerTitle', { count: run.noAnswer, n: run.n })}>
      {formatPercent(run.noAnswer / run.n)}{' '}
      <span className="dim">
        {run.noAnswer}/{run.n}
      </span>
    </span>
  );
}
