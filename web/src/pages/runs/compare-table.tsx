import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import type { Run } from '../../components/use-runs.ts';
import classes from './compare.module.css';
import { CompareOutput } from './compare-output.tsx';
import { type Change, type ComparedCase, type Group, letterOf } from './compare-reading.ts';
import results from './results.module.css';
import { expectedText, inputText } from './verdict-text.tsx';

type Props = {
  runs: readonly Run[];
  cases: readonly ComparedCase[];
  /** Beside an open case there is room only for what names the others. */
  narrow: boolean;
  openKey: string | undefined;
  onOpen: (key: string) => void;
};

const column = columnsOf<ComparedCase>();
const SHOWN = 200;
const PHONE = '(max-width: 48em)';

/** A case a row, all outputs side by side; on a phone one below the other, so that none is out of sight. */
export function CompareTable({ runs, cases, narrow, openKey, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false }) === true;
  const wide = useWideColumns(runs, narrow);
  const stacked = useStackedColumns(runs);
  return (
    <DataTable
      label={t('compare.cases')}
      columns={phone ? stacked : wide}
      data={cases}
      rowKey={({ caseKey }) => caseKey}
      onOpen={({ caseKey }) => onOpen(caseKey)}
      openKey={openKey ?? null}
      maxHeight={narrow ? 'calc(100vh - 90px)' : undefined}
    />
  );
}

function useWideColumns(runs: readonly Run[], narrow: boolean) {
  const { t } = useTranslation('runs');
  return useMemo(() => {
    const change = column.display({
      id: 'change',
      header: t('compare.change'),
      cell: ({ row: { original } }) => <ChangeSign group={original.group} />,
    });
    const input = column.display({
      id: 'input',
      header: t('result.input'),
      meta: { fill: true },
      cell: ({ row: { original } }) => <Input shown={original} />,
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
    const sides = runs.map(({ id, prompt, version }, index) =>
      column.display({
        id: letterOf(index),
        header: t('compare.side', { side: letterOf(index), run: id, version: `${prompt}@${version}` }),
        cell: ({ row: { original } }) => (
          <div className={classes.side} data-many={runs.length > 3}>
            <Answered shown={original} index={index} several={runs.length > 2} />
          </div>
        ),
      }),
    );
    return narrow ? column.columns([change, input]) : column.columns([change, input, expected, ...sides]);
  }, [runs, narrow, t]);
}

function useStackedColumns(runs: readonly Run[]) {
  const { t } = useTranslation('runs');
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'case',
          header: t('compare.cases'),
          cell: ({ row: { original } }) => (
            <div className={classes.stacked}>
              <ChangeSign group={original.group} />
              <Input shown={original} />
              <div>
                <span className="dim">{t('result.expected')}</span> {expectedText(original).slice(0, SHOWN)}
              </div>
              {runs.map(({ id }, index) => (
                <div key={id} className={classes.answer}>
                  <strong title={t('runNumber', { run: id })}>{letterOf(index)}</strong>
                  <div>
                    <Answered shown={original} index={index} several={runs.length > 2} />
                  </div>
                </div>
              ))}
            </div>
          ),
        }),
      ]),
    [runs, t],
  );
}

function Input({ shown }: { shown: ComparedCase }) {
  return (
    <>
      <span className="mono dim">{shown.caseKey}</span>
      <span className={results.clamped}>{inputText(shown).slice(0, SHOWN)}</span>
    </>
  );
}

/** What one run answered, and with several what became of the case there. */
function Answered({ shown, index, several }: { shown: ComparedCase; index: number; several: boolean }) {
  const { t } = useTranslation('compare');
  const result = shown.results[index];
  const change = shown.changes[index] ?? null;
  if (result === undefined || result === null) return <span className="dim">{t('notRun')}</span>;
  const flipped = change === 'fixed' || change === 'broken';
  return (
    <>
      <OutcomeBadge outcome={result.outcome} /> {several && flipped && <ChangeSign group={change} />}
      <span className={results.clamped}>
        <CompareOutput result={result} baseline={shown.results[0]} length={SHOWN} />
      </span>
    </>
  );
}

const signs: Record<Group, string> = { fixed: '▲', broken: '▼', bothPass: '=', bothFail: '=', excluded: '–' };

/** What became of a case against the baseline: sign, word and colour. */
export function ChangeSign({ group }: { group: Group | Change }) {
  const { t } = useTranslation('compare');
  return (
    <span className={classes.change} data-group={group}>
      <span aria-hidden>{signs[group]}</span> {t(`group.${group}`)}
    </span>
  );
}
