import { Stack, Text } from '@mantine/core';
import { CirclePlus, CircleX, Pencil } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import classes from './case-table.module.css';
import { shownValue } from './case-value.ts';

type Comparison = Answer<'GET /api/projects/:project/sets/:set/compare'>;
type Difference = Comparison['differences'][number];
type ShownCase = Extract<Difference, { type: 'added' }>['after'];
type Aspect = Extract<Difference, { type: 'changed' }>['aspects'][number];

type Props = { project: string; set: string; a: number; b: number };

/** What one version has otherwise than another, case by case. */
export function SetDifferences({ project, set, a, b }: Props) {
  const { t } = useTranslation('setVersions');
  const query = useApi(
    'GET /api/projects/:project/sets/:set/compare',
    { params: { project, set }, query: { a, b } },
    { keepPrevious: true },
  );
  return (
    <QueryState query={query} height={200}>
      {({ differences, added, removed, relabelled, rewritten, retagged }) => (
        <Stack gap="xs">
          <Text size="sm" role="status">
            {differences.length === 0 ? t('same') : t('counts', { added, removed, relabelled, rewritten, retagged })}{' '}
            {differences.length >= 500 && t('listed', { count: differences.length })}
          </Text>
          {differences.length > 0 && <DifferenceTable differences={differences} />}
        </Stack>
      )}
    </QueryState>
  );
}

const column = columnsOf<Difference>();
const before = (one: Difference): ShownCase | null => (one.type === 'added' ? null : one.before);
const after = (one: Difference): ShownCase | null => (one.type === 'removed' ? null : one.after);

function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  const { t } = useTranslation('setVersions');
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('key', {
          header: t('case'),
          cell: ({ getValue }) => <span className="mono">{getValue()}</span>,
        }),
        column.display({ id: 'what', header: t('what'), cell: ({ row: { original } }) => <What one={original} /> }),
        column.display({
          id: 'text',
          header: t('text'),
          meta: { fill: true },
          cell: ({ row: { original } }) => (
            <div className={classes.variables}>
              {Object.values((after(original) ?? before(original))?.variables ?? {})
                .map(shownValue)
                .join(' · ')}
            </div>
          ),
        }),
        column.display({
          id: 'before',
          header: t('before'),
          cell: ({ row: { original } }) => <Side item={before(original)} aspects={aspectsOf(original)} />,
        }),
        column.display({
          id: 'after',
          header: t('after'),
          cell: ({ row: { original } }) => <Side item={after(original)} aspects={aspectsOf(original)} />,
        }),
      ]),
    [t],
  );
  return (
    <DataTable label={t('compare')} columns={columns} data={differences} rowKey={({ key }) => key} maxHeight="70vh" />
  );
}

const aspectsOf = (one: Difference): readonly Aspect[] => (one.type === 'changed' ? one.aspects : ['label']);

function What({ one }: { one: Difference }) {
  const { t } = useTranslation('setVersions');
  if (one.type === 'added') return <ToneBadge tone="pass" icon={CirclePlus} text={t('type.added')} />;
  if (one.type === 'removed') return <ToneBadge tone="fail" icon={CircleX} text={t('type.removed')} />;
  return one.aspects.map((aspect) => <ToneBadge key={aspect} tone="info" icon={Pencil} text={t(`type.${aspect}`)} />);
}

/** Of a case only what differs. */
function Side({ item, aspects }: { item: ShownCase | null; aspects: readonly Aspect[] }) {
  if (item === null) return <span className="dim">–</span>;
  return aspects.map((aspect) => (
    <div key={aspect} className={classes.expected}>
      {aspect === 'label' && shownValue(item.expected)}
      {aspect === 'tags' && (item.tags.join(', ') || '–')}
      {aspect === 'variables' && Object.values(item.variables).map(shownValue).join(' · ')}
    </div>
  ));
}
