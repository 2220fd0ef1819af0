import { ActionIcon, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Check, Plus, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { ownValue } from '../prompts/subject.ts';
import { FirstCaseFields, isSubmit, isWhole, type TypedCase } from './first-case-fields.tsx';
import type { CaseBasis } from './first-cases.tsx';
import { type Likeness, LikenessNote } from './first-likeness.tsx';

type Row = TypedCase & { id: number };
type ShownRow = Row & { like: Likeness };

const empty: TypedCase = { values: {}, expected: '', tags: [], split: null };
const column = columnsOf<ShownRow>();

/** What a typed case says, as it is sent. */
export const sentCase = ({ values, expected, tags }: TypedCase, fields: readonly string[]) => ({
  variables: Object.fromEntries(fields.map((name) => [name, ownValue((values[name] ?? '').trim())])),
  expected: ownValue(expected.trim()),
  tags,
});

/** Cases that a person types, many in a row; they are kept in this browser until they are put into the set together. */
export function TypedCases({ project, set, fields, labels }: CaseBasis) {
  const { t } = useTranslation('start');
  const [rows, setRows] = useLocalStorage<Row[]>({
    key: `whetstone.firstCases/${project}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const adding = useAdding({ project, set, fields }, rows, () => setRows([]));
  const add = (typed: TypedCase) =>
    setRows((before) => [...before, { ...typed, id: 1 + Math.max(0, ...before.map(({ id }) => id)) }]);
  return (
    <Paper component="section" aria-labelledby="typed">
      <Stack gap="sm">
        <Title order={2} id="typed">
          {t('typed.title')}
        </Title>
        <Text size="sm">
          {t('typed.how')}{' '}
          <AnchorLink
            to="/projects/$project/sets"
            params={{ project }}
            search={{ import: true }}
            inherit
            underline="always"
          >
            {t('typed.file')}
          </AnchorLink>
        </Text>
        <NewCase fields={fields} labels={labels} onAdd={add} />
        {rows.length > 0 && (
          <>
            <RowTable
              basis={{ project, set, fields, labels }}
              rows={rows}
              onRemove={(id) => setRows((before) => before.filter((row) => row.id !== id))}
            />
            {adding.error !== null && <ErrorAlert error={adding.error} />}
            <div>
              <Button loading={adding.isPending} onClick={adding.save}>
                {t('typed.save', { count: rows.length, set })}
              </Button>
            </div>
          </>
        )}
        <div role="status">
          {rows.length === 0 && adding.added !== null && <Added project={project} {...adding.added} />}
        </div>
      </Stack>
    </Paper>
  );
}

type NewCaseProps = Pick<CaseBasis, 'fields' | 'labels'> & { onAdd: (typed: TypedCase) => void };

/** One case after the other: with Ctrl+Enter the next one is begun. */
function NewCase({ fields, labels, onAdd }: NewCaseProps) {
  const { t } = useTranslation('start');
  const [typed, setTyped] = useState(empty);
  const form = useRef<HTMLFormElement>(null);
  const add = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (!isWhole(typed, fields)) return;
    onAdd(typed);
    // Tags and side often are those of the next one too.
    setTyped({ ...typed, values: {}, expected: '' });
    form.current?.querySelector('textarea')?.focus();
  };
  return (
    <form ref={form} aria-label={t('typed.new')} onSubmit={add} onKeyDown={(event) => isSubmit(event) && add(event)}>
      <Stack gap="xs" maw={720}>
        <FirstCaseFields fields={fields} labels={labels} value={typed} onChange={setTyped} drawn />
        <Group gap="xs">
          <Button
            type="submit"
            variant="default"
            leftSection={<Plus size={16} aria-hidden />}
            disabled={!isWhole(typed, fields)}
          >
            {t('typed.add')}
          </Button>
          <KeyboardHint keys="mod+Enter" />
        </Group>
      </Stack>
    </form>
  );
}

function Added({ project, set, count }: { project: string; set: string; count: number }) {
  const { t } = useTranslation('start');
  return (
    <Group gap={4}>
      <Check size={14} aria-hidden />
      <Text size="sm">{t('typed.saved', { count })}</Text>
      <AnchorLink size="sm" to="/projects/$project/sets/$set" params={{ project, set }} underline="always">
        {t('toSet')}
      </AnchorLink>
    </Group>
  );
}

function useAdding(
  { project, set, fields }: Pick<CaseBasis, 'project' | 'set' | 'fields'>,
  rows: readonly Row[],
  onAdded: () => void,
) {
  const [author] = useAuthor();
  const { mutate, error, isPending } = useApiMutation('POST /api/projects/:project/first-cases');
  const [added, setAdded] = useState<{ set: string; count: number } | null>(null);
  const save = () => {
    const cases = rows.map((row) => ({
      ...sentCase(row, fields),
      ...(row.split === null ? {} : { split: row.split }),
    }));
    mutate(
      { params: { project }, body: { set, cases, author } },
      {
        onSuccess: (done) => {
          setAdded({ set: done.set, count: cases.length });
          onAdded();
        },
      },
    );
  };
  return { save, error, isPending, added };
}

type TableProps = { basis: CaseBasis; rows: readonly Row[]; onRemove: (id: number) => void };

function RowTable({ basis: { project, set, fields }, rows, onRemove }: TableProps) {
  const { t } = useTranslation('start');
  const cases = rows.map((row) => ({ variables: sentCase(row, fields).variables }));
  const { data } = useApi(
    'POST /api/projects/:project/alike',
    { params: { project }, body: { set, cases } },
    { keepPrevious: true },
  );
  const shown = rows.map((row, index) => ({ ...row, like: data?.alike[index] ?? null }));
  const columns = useMemo(
    () =>
      column.columns([
        ...fields.map((name) =>
          column.accessor(({ values }) => values[name] ?? '', {
            id: `field ${name}`,
            header: name,
            meta: { fill: true },
            cell: ({ getValue }) => (
              <Text size="sm" lineClamp={3}>
                {getValue()}
              </Text>
            ),
          }),
        ),
        column.accessor('expected', { header: t('case.expected') }),
        column.accessor(({ tags }) => tags.join(', '), { id: 'tags', header: t('case.tags') }),
        column.accessor(({ split }) => (split === null ? t('case.drawn') : t(`common:split.${split}`)), {
          id: 'split',
          header: t('case.split'),
        }),
        column.display({
          id: 'like',
          header: t('like.header'),
          meta: { fill: true },
          cell: ({ row }) => <LikenessNote like={row.original.like} />,
        }),
        column.display({
          id: 'remove',
          header: '',
          cell: ({ row }) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('typed.remove', { number: row.index + 1 })}
              onClick={() => onRemove(row.original.id)}
            >
              <X size={16} />
            </ActionIcon>
          ),
        }),
      ]),
    [fields, onRemove, t],
  );
  return <DataTable label={t('typed.list')} columns={columns} data={shown} rowKey={({ id }) => String(id)} />;
}
