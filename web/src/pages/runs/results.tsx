import { Badge, Group, Stack, Tabs, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleCheck, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatNumber } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import { FilterPills } from './filter-pills.tsx';
import { MoreRows } from './more-rows.tsx';
import { ResultFilters } from './result-filters.tsx';
import { ResultPanel } from './result-panel.tsx';
import classes from './results.module.css';
import { ResultsTable } from './results-table.tsx';
import { type ResultsQuery, useResults } from './use-results.ts';

export const RUN_ROUTE = '/projects/$project/runs/$run';
const tabs = ['not_passed', 'no_answer', 'error', 'passed', 'all'] as const;
type Tab = (typeof tabs)[number] | 'failed';

/** Results of a run, those that did not pass first; one opens beside the table. */
export function Results({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const { outcome: tab = 'not_passed', result, part: _, ...filter } = useSearch({ from: RUN_ROUTE });
  const navigate = useNavigate({ from: RUN_ROUTE });
  const { project } = useParams({ from: RUN_ROUTE });
  const outcome = tab === 'all' ? undefined : tab;
  const query = useResults(run.id, { outcome, ...filter }, { live: isUnderWay(run) });
  const open = (result: number | undefined) =>
    void navigate({ search: (before) => ({ ...before, result }), resetScroll: false, replace: result !== undefined });
  const { split, ...further } = filter;
  // Counted are the results of a split; of what is filtered further only those that are read are known.
  const count = Object.values(further).some((value) => value !== undefined) ? null : countsOf(run, split);
  const shown: readonly Tab[] = tab === 'failed' ? ['failed', ...tabs] : tabs;
  return (
    <section aria-labelledby="results">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="results" style={{ scrollMarginTop: 64 }}>
          {t('results.title')}
        </Title>
        <ResultFilters run={run} />
      </Group>
      <FilterPills />
      <Tabs
        value={tab}
        onChange={(value) =>
          navigate({
            search: (before) => ({ ...before, outcome: shown.find((one) => one === value), result: undefined }),
            resetScroll: false,
          })
        }
        keepMounted={false}
      >
        <Tabs.List className={classes.tabs}>
          {shown.map((one) => (
            <Tabs.Tab
              key={one}
              value={one}
              rightSection={count && <Badge color="gray">{formatNumber(count[one])}</Badge>}
            >
              {t(`results.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="sm">
          <div className={classes.sides} data-open={result !== undefined}>
            <Found run={run} query={query} tab={tab} openId={result} onOpen={open} />
            {result !== undefined && (
              <ResultPanel
                project={project}
                run={run}
                id={result}
                results={query.data ?? []}
                readOn={query.hasNextPage ? async () => (await query.fetchNextPage()).data ?? [] : undefined}
                onOpen={open}
              />
            )}
          </div>
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function countsOf(run: Run, split: 'dev' | 'holdout' | undefined): Record<Tab, number> {
  const { passed, failed, noAnswer, errors } = (split && run.bySplit[split]) ?? run;
  return {
    not_passed: failed + errors,
    failed,
    no_answer: noAnswer,
    error: errors,
    passed,
    all: passed + failed + errors,
  };
}

type FoundProps = {
  run: Run;
  query: ResultsQuery;
  tab: Tab;
  openId: number | undefined;
  onOpen: (id: number) => void;
};

function Found({ run, query, tab, openId, onOpen }: FoundProps) {
  const { t } = useTranslation('runs');
  return (
    <QueryState query={query}>
      {(results) =>
        results.length === 0 ? (
          <Nothing run={run} tab={tab} />
        ) : (
          <Stack gap="xs" miw={0}>
            <ResultsTable results={results} narrow={openId !== undefined} openId={openId} onOpen={onOpen} />
            <MoreRows query={query} shown={t('results.shown', { count: results.length })} />
          </Stack>
        )
      }
    </QueryState>
  );
}

function Nothing({ run, tab }: { run: Run; tab: Tab }) {
  const { t } = useTranslation('runs');
  const { outcome: _outcome, result: _result, part: _part, ...filter } = useSearch({ from: RUN_ROUTE });
  if (Object.values(filter).some((value) => value !== undefined)) {
    return <EmptyState icon={SearchX} title={t('results.noMatch')} />;
  }
  if (isUnderWay(run)) return <EmptyState icon={CircleCheck} title={t('results.notYet')} />;
  return <EmptyState icon={CircleCheck} title={t(`results.none.${tab}`)} />;
}
