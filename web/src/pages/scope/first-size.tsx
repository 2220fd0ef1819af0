import { NumberInput, Paper, Stack, Text, Title } from '@mantine/core';
import { Ruler } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatNumber, formatPercent } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { useChosenSet, useStartSearch } from './first-basis.ts';
import { SetChoice } from './first-set-choice.tsx';

type Goal = Answer<'GET /api/projects/:project/set-sizes'>['goals'][number];
type Rate = Goal['rates'][number];

const column = columnsOf<Rate>();

/** How many holdout cases show what the scope asks for, and what those that there are can show. */
export function FirstSize({ project }: { project: string }) {
  const { t } = useTranslation('start');
  const [{ assume }, change] = useStartSearch();
  const { slug: set, name, known } = useChosenSet(project);
  const query = useApi(
    'GET /api/projects/:project/set-sizes',
    { params: { project }, query: { set, assume } },
    { enabled: known, keepPrevious: true },
  );
  return (
    <QueryState query={query}>
      {({ goals }) =>
        goals.length === 0 ? (
          <EmptyState
            icon={Ruler}
            title={t('size.noTarget')}
            action={
              <ButtonLink to="/projects/$project/scope" params={{ project }}>
                {t('toScope')}
              </ButtonLink>
            }
          >
            {t('size.noTargetText')}
          </EmptyState>
        ) : (
          <Stack gap="md">
            <Text size="sm" maw={820}>
              {t('size.how')}
            </Text>
            <SetChoice project={project}>
              {goals[0]?.tag === null && (
                <NumberInput
                  label={t('size.assume')}
                  description={t('size.assumeHelp')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  w={260}
                  suffix="%"
                  min={0}
                  max={100}
                  step={1}
                  decimalScale={1}
                  value={Number(((assume ?? goals[0].assumed) * 100).toPrecision(10))}
                  onChange={(value) =>
                    typeof value === 'number' && change({ assume: Number((value / 100).toPrecision(10)) })
                  }
                />
              )}
            </SetChoice>
            {goals.map((goal) => (
              <GoalSection key={goal.tag ?? ''} goal={goal} set={name} />
            ))}
          </Stack>
        )
      }
    </QueryState>
  );
}

function GoalSection({ goal, set }: { goal: Goal; set: string | undefined }) {
  const { t } = useTranslation('start');
  const { tag, target, assumed, needed, present, rates } = goal;
  const title = tag === null ? t('size.all') : t('size.tag', { tag });
  const columns = useColumns(assumed);
  const shares = { target: formatPercent(target), assumed: formatPercent(assumed) };
  return (
    <Paper component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2}>{title}</Title>
        <Text>
          <strong>
            {needed !== null
              ? t('size.needed', { ...shares, count: needed })
              : assumed <= target
                ? t('size.never', shares)
                : t('size.tooMany', shares)}
          </strong>
        </Text>
        {present !== null && (
          <Text size="sm">
            {present.passes === null
              ? t('size.presentNone', { ...shares, set, count: present.cases })
              : t('size.present', {
                  ...shares,
                  set,
                  count: present.cases,
                  passes: present.passes,
                  chance: formatPercent(present.chance, 0),
                  provable: formatPercent(present.provable ?? 1),
                })}
          </Text>
        )}
        <DataTable
          label={t('size.table', { title })}
          columns={columns}
          data={rates}
          rowKey={({ rate }) => String(rate)}
        />
        <Text size="xs" c="dimmed">
          {t('size.looks')}
        </Text>
      </Stack>
    </Paper>
  );
}

function useColumns(assumed: number) {
  const { t } = useTranslation('start');
  return useMemo(() => {
    const count = (cases: number | null) => (cases === null ? t('size.beyond') : formatNumber(cases));
    return column.columns([
      column.accessor('rate', {
        header: t('size.rate'),
        meta: { numeric: true },
        cell: ({ getValue }) =>
          getValue() === assumed ? (
            <strong>
              {formatPercent(getValue())} ({t('size.assumedRow')})
            </strong>
          ) : (
            formatPercent(getValue())
          ),
      }),
      column.accessor('first', {
        header: t('size.first'),
        meta: { numeric: true },
        cell: ({ getValue }) => count(getValue()),
      }),
      column.accessor('third', {
        header: t('size.third'),
        meta: { numeric: true },
        cell: ({ getValue }) => count(getValue()),
      }),
    ]);
  }, [assumed, t]);
}
