import { Paper, Stack, Tabs, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { Confusion } from './confusion.tsx';
import classes from './results.module.css';
import { RunDistributions } from './run-distributions.tsx';
import { RunErrors } from './run-errors.tsx';
import { RunGroups } from './run-groups.tsx';
import { useBreakdown } from './use-breakdown.ts';

const ROUTE = '/projects/$project/runs/$run';

/** Where the run does well and where it does not; every number leads to its results. */
export function RunBreakdown({ run }: { run: Run }) {
  const { t } = useTranslation('results');
  const { part = 'groups' } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const query = useBreakdown(run);
  const parts = ['groups', 'answers', 'errors', 'spread'] as const;
  return (
    <Paper component="section" aria-labelledby="breakdown">
      <Stack gap="xs">
        <Title order={2} id="breakdown">
          {t('breakdown.title')}
        </Title>
        <QueryState query={query}>
          {(breakdown) => (
            <Tabs
              value={part}
              onChange={(value) =>
                navigate({
                  search: (before) => ({ ...before, part: parts.find((one) => one === value) }),
                  resetScroll: false,
                  replace: true,
                })
              }
              keepMounted={false}
            >
              <Tabs.List className={classes.tabs}>
                {parts.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {t(`breakdown.part.${one}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="groups" pt="sm">
                <RunGroups run={run} breakdown={breakdown} />
              </Tabs.Panel>
              <Tabs.Panel value="answers" pt="sm">
                <Confusion run={run} confusion={breakdown.confusion} />
              </Tabs.Panel>
              <Tabs.Panel value="errors" pt="sm">
                <RunErrors run={run} errors={breakdown.errors} />
              </Tabs.Panel>
              <Tabs.Panel value="spread" pt="sm">
                <RunDistributions breakdown={breakdown} />
              </Tabs.Panel>
            </Tabs>
          )}
        </QueryState>
      </Stack>
    </Paper>
  );
}
