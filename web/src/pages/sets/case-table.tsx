import { ActionIcon, Group } from '@mantine/core';
import { CirclePlus, CircleX, Pencil, TriangleAlert, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { CommentSign } from '../../components/comment-sign.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { CaseChoice, ChooseAll, ChooseCase } from './case-choice.tsx';
import classes from './case-table.module.css';
import { shownValue } from './case-value.ts';
import type { CaseRow } from './set-changes.ts';

type Props = {
  rows: readonly CaseRow[];
  openId: string | null;
  onOpen: (row: CaseRow) => void;
  onUndo: (id: string) => void;
  /** Ids of the rows that are chosen; null where nothing can be changed. */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string>) => void;
};

const column = columnsOf<CaseRow>();
const nothing: ReadonlySet<string> = new Set();

/** The cases of a set in its order; a row opens its case. */
export function CaseTable({ rows, openId, onOpen, onUndo, chosen, onChoose }: Props) {
  const { t } = useTranslation('sets');
  const columns = useColumns(onUndo, chosen !== null);
  return (
    <CaseChoice value={{ rows, chosen: chosen ?? nothing, onChoose }}>
      <DataTable
        label={t('cases.label')}
        columns={columns}
        data={rows}
        rowKey={({ id }) => id}
        onOpen={onOpen}
        openKey={openId}
        maxHeight="75vh"
      />
    </CaseChoice>
  );
}

function useColumns(onUndo: (id: string) => void, canChoose: boolean) {
  const { t } = useTranslation('sets');
  return useMemo(
    () =>
      column.columns([
        ...(canChoose
          ? [
              column.display({
                id: 'chosen',
                header: ChooseAll,
                cell: ({ row: { original } }) => <ChooseCase row={original} />,
              }),
            ]
          : []),
        column.accessor('key', {
          header: t('cases.key'),
          enableSorting: false,
          cell: ({ row: { original: row } }) => <Key row={row} onUndo={onUndo} />,
        }),
        column.display({
          id: 'variables',
          header: t('cases.variables'),
          meta: { fill: true },
          cell: ({ row: { original: row } }) => <Variables row={row} />,
        }),
        column.accessor('expected', {
          header: t('cases.expected'),
          enableSorting: false,
          cell: ({ getValue }) => {
            const expected = getValue();
            return expected === null ? (
              <span className="dim">–</span>
            ) : (
              <div className={classes.expected}>{shownValue(expected)}</div>
            );
          },
        }),
        column.accessor('split', {
          header: t('cases.split'),
          enableSorting: false,
          cell: ({ getValue }) => {
            const split = getValue();
            return split === null ? (
              <span className="dim nowrap">{t('cases.drawn')}</span>
            ) : (
              <span className="nowrap">{t(`common:split.${split}`)}</span>
            );
          },
        }),
        column.accessor('tags', {
          header: t('cases.tags'),
          enableSorting: false,
          cell: ({ getValue }) => <span className="dim nowrap">{getValue().join(', ')}</span>,
        }),
      ]),
    [onUndo, canChoose, t],
  );
}

function Key({ row, onUndo }: { row: CaseRow; onUndo: (id: string) => void }) {
  const { t } = useTranslation('sets');
  return (
    <>
      <span className={`mono ${classes.key}`} data-removed={row.state === 'removed'}>
        {row.key ?? t('cases.newKey')}
      </span>{' '}
      {row.key !== null && <CommentSign id={row.key} />}
      {row.state !== 'same' && (
        <Group gap={4} wrap="nowrap" mt={2}>
          <StateBadge row={row} />
          <ActionIcon
            size="sm"
            variant="subtle"
            aria-label={t('cases.undo', { key: row.key ?? t('cases.newKey') })}
            title={t('cases.undoTitle')}
            onClick={() => onUndo(row.id)}
          >
            <Undo2 size={14} />
          </ActionIcon>
        </Group>
      )}
    </>
  );
}

function StateBadge({ row: { state, theirs } }: { row: CaseRow }) {
  const { t } = useTranslation('sets');
  if (theirs !== null) {
    return <ToneBadge tone="none" icon={TriangleAlert} text={t('cases.state.theirs')} title={t('cases.theirsTitle')} />;
  }
  switch (state) {
    case 'added':
      return <ToneBadge tone="pass" icon={CirclePlus} text={t('cases.state.added')} />;
    case 'changed':
      return <ToneBadge tone="info" icon={Pencil} text={t('cases.state.changed')} />;
    case 'removed':
      return <ToneBadge tone="fail" icon={CircleX} text={t('cases.state.removed')} />;
    case 'same':
      return null;
  }
}

function Variables({ row: { variables } }: { row: CaseRow }) {
  const entries = Object.entries(variables);
  return (
    <div className={classes.variables}>
      {entries.map(([name, value]) => (
        <div key={name} className={classes.variable}>
          {entries.length > 1 && <span className="mono dim">{name} </span>}
          {shownValue(value)}
        </div>
      ))}
    </div>
  );
}
