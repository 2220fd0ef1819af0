import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import classes from './compare.module.css';
import type { Compared, ComparedCase, Group } from './compare-reading.ts';
import results from './results.module.css';
import { expectedText, inputText, Output, type Result } from './verdict-text.tsx';

type Props = {
  compared: Compared;
  cases: readonly ComparedCase[];
  narrow: boolean;
  openKey: string | undefined;
  onOpen: (key: string) => void;
};

const column = columnsOf<ComparedCase>();
const SHOWN = 200;

/** A case a row, both outputs side by side. */
export function CompareTable({ compared, cases, narrow, openKey, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const columns = useColumns(compared, narrow);
  return (
    <DataTable
      label={t('compare.cases')}
      columns={columns}
      data={cases}
      rowKey={({ caseKey }) => caseKey}
      onOpen={({ caseKey }) => onOpen(caseKey)}
      openKey={openKey ?? null}
      maxHeight={narrow ? 'calc(100vh - 90px)' : undefined}
    />
  );
}

function useColumns({ a, b }: Compared, narrow: boolean) {
  const { t } = useTranslation('runs');
  return useMemo(() => {
    const side = (name: 'a' | 'b', { id, prompt, version }: Compared['a']) =>
      column.display({
        id: name,
        header: t('compare.side', { side: name.toUpperCase(), run: id, version: `${prompt}@${version}` }),
        cell: ({ row: { original } }) => <Side result={original[name]} />,
      });
    const change = column.display({
      id: 'change',
      header: t('compare.change'),
      cell: ({ row: { original } }) => <Change group={original.group} />,
    });
    const input = column.display({
      id: 'input',
      header: t('result.input'),
      meta: { fill: true },
      cell: ({ row: { original } }) => (
        <>
          <span className="mono dim">{original.caseKey}</span>
          <span className={results.clamped}>{inputText(original).slice(0, SHOWN)}</span>
        </>
      ),
    });
    const expected = column.display({
      id: 'expected',
      header: t('result.expected'),
      cell: ({ row: { original } }) => (
        <div className={results.short}>
          <span className={results.clamped}>{expectedText(original).slice(0, SHOWN)}</span>
        </div>
      ),
    });
    return narrow
      ? column.columns([change, input])
      : column.columns([change, input, expected, side('a', a), side('b', b)]);
  }, [a, b, narrow, t]);
}

function Side({ result }: { result: Result }) {
  return (
    <div className={classes.side}>
      <OutcomeBadge outcome={result.outcome} />
      <span className={results.clamped}>
        <Output result={result} length={SHOWN} />
      </span>
    </div>
  );
}

const signs: Record<Group, string> = { fixed: '▲', broken: '▼', bothPass: '=', bothFail: '=' };

/** What became of a case from A to B: sign, word and colour. */
export function Change({ group }: { group: Group }) {
  const { t } = useTranslation('runs');
  return (
    <span className={classes.change} data-group={group}>
      <span aria-hidden>{signs[group]}</span> {t(`compare.group.${group}`)}
    </span>
  );
}
