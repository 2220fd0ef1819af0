import { Checkbox } from '@mantine/core';
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from './set-changes.ts';

type Choice = {
  rows: readonly CaseRow[];
  /** Ids of the rows that are chosen. */
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
};

/** Beside the columns, which must stay the same while boxes are ticked: else the box that has the focus would be made anew. */
export const CaseChoice = createContext<Choice>({ rows: [], chosen: new Set(), onChoose: () => {} });

export function ChooseAll() {
  const { t } = useTranslation('sets');
  const { rows, chosen, onChoose } = useContext(CaseChoice);
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  return (
    <Checkbox
      size="xs"
      aria-label={t('bulk.all')}
      checked={all}
      indeterminate={!all && chosen.size > 0}
      onChange={() => onChoose(new Set(all ? [] : rows.map(({ id }) => id)))}
    />
  );
}

export function ChooseCase({ row }: { row: CaseRow }) {
  const { t } = useTranslation('sets');
  const { chosen, onChoose } = useContext(CaseChoice);
  const choose = () => {
    const next = new Set(chosen);
    if (!next.delete(row.id)) next.add(row.id);
    onChoose(next);
  };
  return (
    <Checkbox
      size="xs"
      aria-label={t('bulk.one', { key: row.key ?? t('cases.newKey') })}
      checked={chosen.has(row.id)}
      onChange={choose}
    />
  );
}
