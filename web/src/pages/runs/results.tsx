import { Badge, Group, Tabs, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../components/format.ts';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import { ResultChoices } from './result-choices.tsx';
import { ResultFilters } from './result-filters.tsx';
import { ResultList } from './result-list.tsx';
import classes from './results.module.css';
import type { ResultFilter } from './use-result-pages.ts';

export const RUN_ROUTE = '/projects/$project/runs/$run';
const WHILE_RUNNING_MS = 3_000;
const tabs = ['not_passed', 'no_answer', 'error', 'passed', 'all'] as const;
export type ResultTab = (typeof tabs)[number] | 'failed';

/** Results of a run, those that did not pass first; one opens beside the table. */
export function Results({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const { outcome: tab = 'not_passed', result: _result, part: _part, ...filter } = useSearch({ from: RUN_ROUTE });
  const navigate = useNavigate({ from: RUN_ROUTE });
  const counts = useCounts(run, filter);
  const shown: readonly ResultTab[] = tab === 'failed' ? ['failed', ...tabs] : tabs;
  const listed = { ...filter, outcome: tab === 'all' ? undefined : tab };
  return (
    <section aria-labelledby="results">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="results" style={{ scrollMarginTop: 64 }}>
          {t('results.title')}
        </Title>
        <ResultFilters run={run} />
      </Group>
      <ResultChoices run={run} />
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
              rightSection={counts && <Badge color="gray">{formatNumber(counts[one])}</Badge>}
            >
              {t(`results.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="sm">
          <ResultList key={JSON.stringify(listed)} run={run} tab={tab} filter={listed} total={counts?.[tab]} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

/** How many results each tab has under the filters; those of a whole run or split stand in its summary. */
function useCounts(run: Run, { split, ...further }: ResultFilter): Record<ResultTab, number> | undefined {
  const filtered = Object.values(further).some((value) => value !== undefined);
  const { data } = useApi(
    'GET /api/runs/:run/result-counts',
    { params: { run: run.id }, query: { split, ...further } },
    { enabled: filtered, refetchInterval: isUnderWay(run) ? WHILE_RUNNING_MS : false },
  );
  const counted = filtered ? data : ((split && run.bySplit[split]) ?? run);
  if (counted === undefined) return undefined;
  const { passed, failed, noAnswer, errors } = counted;
  return {
    not_passed: failed + errors,
    failed,
    no_answer: noAnswer,
    error: errors,
    passed,
    all: passed + failed + errors,
  };
}
