import { Select, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AddRow, RemoveRow, useRowFocus } from '../../../components/row-list.tsx';
import { withRow } from '../../../components/with-row.ts';
import { Counted } from './found-so-far.tsx';
import classes from './redaction.module.css';
import type { RedactionView, RulesDraft } from './rules-draft.ts';

const MOST = { patterns: 50, fields: 200 } as const;

type RowsProps<Row> = {
  rows: readonly Row[];
  counts: RedactionView['counts'];
  onChange: (rows: readonly Row[]) => void;
};

/** Expressions, each with the name that stands in place of what it finds. */
export function PatternRows({ rows, counts, onChange }: RowsProps<RulesDraft['patterns'][number]>) {
  const { t } = useTranslation('redaction');
  return (
    <Rows kind="patterns" rows={rows} oneMore={() => withRow(rows, { name: '', pattern: '' })} onChange={onChange}>
      {(row, change, isNew) => (
        <>
          <TextInput
            label={<Counted label={t('patterns.name')} name={row.name} counts={counts} />}
            placeholder="order-number"
            autoFocus={isNew}
            maxLength={40}
            value={row.name}
            onChange={(event) => change({ ...row, name: event.currentTarget.value })}
          />
          <TextInput
            label={t('patterns.pattern')}
            placeholder="ORD-\d{6}"
            classNames={{ input: 'mono' }}
            maxLength={1000}
            spellCheck={false}
            value={row.pattern}
            onChange={(event) => change({ ...row, pattern: event.currentTarget.value })}
          />
        </>
      )}
    </Rows>
  );
}

/** Values of JSON by their path. */
export function FieldRows({ rows, counts, onChange }: RowsProps<RulesDraft['fields'][number]>) {
  const { t } = useTranslation('redaction');
  const actions = (['replace', 'drop'] as const).map((value) => ({ value, label: t(`fields.${value}`) }));
  return (
    <Rows
      kind="fields"
      rows={rows}
      oneMore={() => withRow(rows, { path: '', action: 'replace' as const })}
      onChange={onChange}
    >
      {(row, change, isNew) => (
        <>
          <Select
            label={t('fields.action')}
            data={actions}
            allowDeselect={false}
            value={row.action}
            onChange={(action) => change({ ...row, action: action === 'drop' ? 'drop' : 'replace' })}
          />
          <TextInput
            label={<Counted label={t('fields.path')} name="field" counts={counts} />}
            placeholder="customer.email"
            classNames={{ input: 'mono' }}
            autoFocus={isNew}
            maxLength={200}
            spellCheck={false}
            value={row.path}
            onChange={(event) => change({ ...row, path: event.currentTarget.value })}
          />
        </>
      )}
    </Rows>
  );
}

function Rows<Row extends { id: number }>(props: {
  kind: keyof typeof MOST;
  rows: readonly Row[];
  /** The rows and an empty one. */
  oneMore: () => readonly Row[];
  onChange: (rows: readonly Row[]) => void;
  children: (row: Row, change: (row: Row) => void, isNew: boolean) => ReactNode;
}) {
  const { kind, rows, oneMore, onChange, children } = props;
  const { t } = useTranslation('redaction');
  const focus = useRowFocus();
  const add = () => {
    const more = oneMore();
    onChange(more);
    focus.onAdded(more);
  };
  return (
    <fieldset className={classes.rows}>
      <legend>{t(`${kind}.label`)}</legend>
      <Text size="xs" c="dimmed">
        {t(`${kind}.help`)}
      </Text>
      {rows.map((row, index) => (
        <div key={row.id} className={classes.row}>
          {children(row, (next) => onChange(rows.map((one) => (one.id === row.id ? next : one))), focus.isNew(row.id))}
          <RemoveRow
            size="lg"
            label={t(`${kind}.remove`, { number: index + 1 })}
            onClick={() => {
              onChange(rows.filter((one) => one.id !== row.id));
              focus.onRemoved();
            }}
          />
        </div>
      ))}
      <AddRow ref={focus.add} disabled={rows.length >= MOST[kind]} onClick={add}>
        {t(`${kind}.add`)}
      </AddRow>
    </fieldset>
  );
}
