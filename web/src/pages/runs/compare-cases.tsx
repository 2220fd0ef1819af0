import { Group, Switch, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatNumber } from '../../components/format.ts';
import classes from './compare.module.css';
import { COMPARE_ROUTE } from './compare.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { type Group as CaseGroup, type Compared, differ, groups } from './compare-reading.ts';
import { CompareTable } from './compare-table.tsx';
import results from './results.module.css';

/** The paired cases, aligned: broken and fixed first; a count shows only its cases. */
export function CompareCases({ compared }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const { group, differ: onlyDiffering, case: openKey } = useSearch({ from: COMPARE_ROUTE });
  const navigate = useNavigate({ from: COMPARE_ROUTE });
  const shown = useMemo(
    () =>
      compared.cases.filter(
        (one) => (group === undefined || one.group === group) && (onlyDiffering === undefined || differ(one)),
      ),
    [compared.cases, group, onlyDiffering],
  );
  const open = (key: string | undefined) =>
    void navigate({
      search: (before) => ({ ...before, case: key }),
      resetScroll: false,
      replace: key !== undefined,
    });
  return (
    <section aria-labelledby="cases">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="cases">
          {t('compare.cases')}
        </Title>
        <Switch
          size="xs"
          label={t('compare.onlyDiffering')}
          checked={onlyDiffering === true}
          onChange={(event) => {
            const differ = event.currentTarget.checked ? (true as const) : undefined;
            void navigate({
              search: (before) => ({ ...before, differ, case: undefined }),
              replace: true,
              resetScroll: false,
            });
          }}
        />
      </Group>
      <GroupFilter
        compared={compared}
        group={group}
        onChoose={(chosen) =>
          navigate({ search: (before) => ({ ...before, group: chosen, case: undefined }), resetScroll: false })
        }
      />
      {shown.length === 0 ? (
        <EmptyState icon={SearchX} title={t('compare.noCase')} />
      ) : (
        <div className={results.sides} data-open={openKey !== undefined}>
          <CompareTable
            compared={compared}
            cases={shown}
            narrow={openKey !== undefined}
            openKey={openKey}
            onOpen={open}
          />
          {openKey !== undefined && <ComparePanel compared={compared} cases={shown} openKey={openKey} onOpen={open} />}
        </div>
      )}
    </section>
  );
}

type FilterProps = {
  compared: Compared;
  group: CaseGroup | undefined;
  onChoose: (group: CaseGroup | undefined) => void;
};

function GroupFilter({ compared: { comparison }, group, onChoose }: FilterProps) {
  const { t } = useTranslation('runs');
  return (
    <fieldset className={classes.groups} aria-label={t('compare.groups')}>
      <button type="button" aria-pressed={group === undefined} onClick={() => onChoose(undefined)}>
        {t('compare.allCases')} <strong>{formatNumber(comparison.n)}</strong>
      </button>
      {groups.map((one) => (
        <button
          key={one}
          type="button"
          data-group={one}
          aria-pressed={group === one}
          onClick={() => onChoose(group === one ? undefined : one)}
        >
          {t(`compare.group.${one}`)} <strong>{formatNumber(comparison[one])}</strong>
        </button>
      ))}
    </fieldset>
  );
}
