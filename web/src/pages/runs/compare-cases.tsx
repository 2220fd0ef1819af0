import { Group, Stack, Switch, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatNumber } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import classes from './compare.module.css';
import { ComparePanel } from './compare-panel.tsx';
import { type Group as CaseGroup, type Compared, groups } from './compare-reading.ts';
import { CompareTable } from './compare-table.tsx';
import { MoreRows } from './more-rows.tsx';
import results from './results.module.css';
import { COMPARE_ROUTE, useComparedCases } from './use-comparison.ts';

/** The cases aligned over all runs: broken and fixed first; a count shows only its cases. */
export function CompareCases({ compared }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const { group, differ, marks, case: openKey } = useSearch({ from: COMPARE_ROUTE });
  const navigate = useNavigate({ from: COMPARE_ROUTE });
  const query = useComparedCases(
    compared.runs.map(({ id }) => id),
    { group, differ },
    openKey,
  );
  const open = (key: string | undefined) =>
    void navigate({
      search: (before) => ({ ...before, case: key }),
      resetScroll: false,
      replace: key !== undefined,
    });
  const turn = (name: 'differ' | 'marks') => (event: { currentTarget: HTMLInputElement }) => {
    const on = event.currentTarget.checked ? (true as const) : undefined;
    void navigate({ search: (before) => ({ ...before, [name]: on }), replace: true, resetScroll: false });
  };
  return (
    <section aria-labelledby="cases">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="cases">
          {t('compare.cases')}
        </Title>
        <Group gap="md">
          <Switch size="xs" label={t('compare:marks')} checked={marks === true} onChange={turn('marks')} />
          <Switch size="xs" label={t('compare.onlyDiffering')} checked={differ === true} onChange={turn('differ')} />
        </Group>
      </Group>
      <GroupFilter
        counts={compared.groups}
        group={group}
        onChoose={(chosen) =>
          navigate({ search: (before) => ({ ...before, group: chosen, case: undefined }), resetScroll: false })
        }
      />
      <QueryState query={query}>
        {({ cases, count }) =>
          cases.length === 0 ? (
            <EmptyState icon={SearchX} title={t('compare.noCase')} />
          ) : (
            <div className={results.sides} data-open={openKey !== undefined}>
              <Stack gap="xs" miw={0}>
                <CompareTable
                  runs={compared.runs}
                  cases={cases}
                  narrow={openKey !== undefined}
                  openKey={openKey}
                  onOpen={open}
                />
                <MoreRows
                  query={query}
                  shown={t('compare:shown', { shown: formatNumber(cases.length), all: formatNumber(count) })}
                />
              </Stack>
              {openKey !== undefined && (
                <ComparePanel runs={compared.runs} cases={cases} count={count} openKey={openKey} onOpen={open} />
              )}
            </div>
          )
        }
      </QueryState>
    </section>
  );
}

type FilterProps = {
  counts: Compared['groups'];
  group: CaseGroup | undefined;
  onChoose: (group: CaseGroup | undefined) => void;
};

function GroupFilter({ counts, group, onChoose }: FilterProps) {
  const { t } = useTranslation('runs');
  const all = groups.reduce((sum, one) => sum + counts[one], 0);
  return (
    <fieldset className={classes.groups} aria-label={t('compare.groups')}>
      <button type="button" aria-pressed={group === undefined} onClick={() => onChoose(undefined)}>
        {t('compare.allCases')} <strong>{formatNumber(all)}</strong>
      </button>
      {groups
        .filter((one) => one !== 'excluded' || counts.excluded > 0)
        .map((one) => (
          <button
            key={one}
            type="button"
            data-group={one}
            aria-pressed={group === one}
            onClick={() => onChoose(group === one ? undefined : one)}
          >
            {t(`compare:group.${one}`)} <strong>{formatNumber(counts[one])}</strong>
          </button>
        ))}
    </fieldset>
  );
}
