import { Button, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CirclePlay } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentBody } from '../../../../server/http/contract/index.ts';
import { apiQuery, useApiMutation } from '../../api/query.ts';
import { useErrorText } from '../../components/error-text.ts';
import { formatMoney, formatNumber } from '../../components/format.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import classes from './playground.module.css';
import type { PlaygroundColumn } from './playground-plan.ts';

type RunRequest = SentBody<'POST /api/projects/:project/runs'>;
type Props = { project: string; set: { slug: string; name: string }; columns: readonly PlaygroundColumn[] };

/** A comparison holds no more. */
const MOST_RUNS = 6;

/** Turns the whole into runs, a column each, over all of dev, and goes on to their comparison. */
export function RunColumns({ project, set, columns }: Props) {
  const { t } = useTranslation('prompts');
  const [opened, { open, close }] = useDisclosure();
  const tooMany = columns.length > MOST_RUNS;
  return (
    <>
      <Button
        variant="default"
        disabled={columns.length === 0 || tooMany}
        leftSection={<CirclePlay size={16} aria-hidden />}
        onClick={open}
      >
        {t('playground.runAll', { count: columns.length })}
      </Button>
      {tooMany && (
        <Text size="xs" c="dimmed">
          {t('playground.tooManyRuns', { most: MOST_RUNS })}
        </Text>
      )}
      <Modal opened={opened} onClose={close} size="lg" title={t('playground.runAll', { count: columns.length })}>
        <Plan project={project} set={set} columns={columns} />
      </Modal>
    </>
  );
}

/** What each run would take, before it is started. */
function Plan({ project, set, columns }: Props) {
  const { t } = useTranslation('prompts');
  const requests = columns.map((column) => requestOf(column, set.slug));
  const plans = useQueries({
    queries: requests.map((body) => apiQuery('POST /api/projects/:project/runs/plan', { params: { project }, body })),
  });
  const starting = useStarting(project, requests);
  const refused = plans.find(({ error }) => error !== null)?.error ?? null;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('playground.runAllText', { set: set.name, count: columns.length })}</Text>
      <ul className={classes.plans}>
        {columns.map(({ reference, model }, index) => (
          <li key={`${reference} ${model}`}>
            <div>
              {reference} <span className="mono dim">{model}</span>
            </div>
            <PlanLine plan={plans[index]?.data} />
          </li>
        ))}
      </ul>
      {refused !== null && <ErrorAlert error={refused} />}
      {starting.error !== null && <ErrorAlert error={starting.error} />}
      <Button
        data-autofocus
        loading={starting.isPending}
        disabled={refused !== null}
        leftSection={<CirclePlay size={16} aria-hidden />}
        onClick={starting.start}
      >
        {t('playground.start', { count: columns.length })}
      </Button>
    </Stack>
  );
}

type PlanAnswer = Awaited<ReturnType<ReturnType<typeof apiQuery<'POST /api/projects/:project/runs/plan'>>['queryFn']>>;

function PlanLine({ plan }: { plan: PlanAnswer | undefined }) {
  const { t } = useTranslation('prompts');
  const errorText = useErrorText();
  if (plan === undefined) return <span className="dim">{t('common:loading')}</span>;
  const { calls, cachedCalls, costUsd, problems } = plan;
  return (
    <>
      <span className="dim">
        {t('playground.calls', { count: calls, shown: formatNumber(calls), cached: formatNumber(cachedCalls) })} ·{' '}
        {costUsd === null ? t('preview.noPrice') : t('playground.cost', { cost: formatMoney(costUsd) })}
      </span>
      {problems.map((problem) => (
        <Text key={problem.code} size="xs" c="var(--w-none)">
          {errorText(problem)}
        </Text>
      ))}
    </>
  );
}

const requestOf = ({ prompt, version, model }: PlaygroundColumn, set: string): RunRequest => ({
  prompt,
  version: version.number,
  set,
  model,
  split: 'dev',
});

/** Starts one run after the other. Those that started before one was refused are not started again. */
function useStarting(project: string, requests: readonly RunRequest[]) {
  const navigate = useNavigate();
  const [started, setStarted] = useState<readonly number[]>([]);
  const { mutateAsync, error, isPending } = useApiMutation('POST /api/projects/:project/runs');
  const start = async () => {
    const ids = [...started];
    for (const body of requests.slice(ids.length)) {
      // The error is shown by the mutation itself.
      const run = await mutateAsync({ params: { project }, body }).catch(() => null);
      if (run === null) return;
      ids.push(run.id);
      setStarted([...ids]);
    }
    const [only, ...others] = ids;
    await (others.length === 0
      ? navigate({ to: '/projects/$project/runs/$run', params: { project, run: String(only) } })
      : navigate({ to: '/projects/$project/compare', params: { project }, search: { runs: ids.join(',') } }));
  };
  return { start, error, isPending };
}
