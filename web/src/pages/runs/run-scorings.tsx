import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { Calculator, CirclePlay, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { queryClient, useApi, useApiMutation } from '../../api/query.ts';
import { Money } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import { RescoreDialog } from './rescore-dialog.tsx';
import { ScoringDifference } from './scoring-difference.tsx';
import { ScoringsTable } from './scorings-table.tsx';

type Job = NonNullable<Answer<'GET /api/runs/:run/scoring-job'>['job']>;

const READ_AGAIN_MS = 700;

/** How the outputs of a run were judged, each time; judging them again, and going back to an earlier scoring. */
export function RunScorings({ run }: { run: Run }) {
  const { t } = useTranslation('scorings');
  const params = { run: run.id };
  const job = useJob(run.id);
  const scorings = useApi('GET /api/runs/:run/scorings', { params }, { enabled: !isUnderWay(run) }).data?.scorings;
  const [opened, setOpened] = useState(false);
  const [shown, setShown] = useState<{ from: number; to: number } | null>(null);
  const current = scorings?.find(({ counts }) => counts);
  if (isUnderWay(run) || run.done === 0) return null;
  return (
    <Paper component="section" aria-labelledby="scorings">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} id="scorings">
            {t('title')}
          </Title>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Calculator size={14} aria-hidden />}
            disabled={current === undefined || job?.status === 'running'}
            onClick={() => setOpened(true)}
          >
            {t('again')}
          </Button>
        </Group>
        {job != null && job.status !== 'done' && <JobState run={run.id} job={job} />}
        {scorings !== undefined && scorings.length > 1 ? (
          <ScoringsTable run={run.id} scorings={scorings} compare={(from, to) => setShown({ from, to })} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('one')}
          </Text>
        )}
        {shown !== null && <ScoringDifference run={run} {...shown} close={() => setShown(null)} />}
      </Stack>
      {current !== undefined && (
        <RescoreDialog run={run} current={current} opened={opened} close={() => setOpened(false)} />
      )}
    </Paper>
  );
}

/** The newest job of the run; once one that was seen under way is whole, all on the page is read again. */
function useJob(run: number): Job | null | undefined {
  const job = useApi(
    'GET /api/runs/:run/scoring-job',
    { params: { run } },
    { refetchInterval: (data) => (data?.job?.status === 'running' ? READ_AGAIN_MS : false) },
  ).data?.job;
  const before = useRef(job?.status);
  useEffect(() => {
    if (before.current === 'running' && job?.status === 'done') void queryClient.invalidateQueries();
    before.current = job?.status;
  }, [job?.status]);
  return job;
}

function JobState({ run, job }: { run: number; job: Job }) {
  const { t } = useTranslation('scorings');
  const stop = useApiMutation('POST /api/runs/:run/scoring-job/stop');
  const resume = useApiMutation('POST /api/runs/:run/scorings/:number/resume');
  const { status, number, done, total, costUsd, reason } = job;
  const running = status === 'running';
  const error = running ? stop.error : resume.error;
  const figures = (
    <>
      {t('done', { done: formatNumber(done), total: formatNumber(total) })}
      {(job.judgeModel !== null || job.embeddingModel !== null) && (
        <>
          {' · '}
          {t('cost')} <Money usd={costUsd} />
        </>
      )}
    </>
  );
  return (
    <Alert color={running ? 'blue' : 'yellow'} variant="light" title={t(`job.${status}`, { number })} role="status">
      <Stack gap="xs">
        <Text size="sm" className="mono" style={{ overflowWrap: 'anywhere' }}>
          {job.asTyped.join(', ')}
        </Text>
        {running && (
          <Progress
            value={total === 0 ? 0 : (done / total) * 100}
            aria-label={t('job.running', { number })}
            size="sm"
          />
        )}
        <Group justify="space-between">
          <Text size="sm">{figures}</Text>
          {running ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Square size={14} aria-hidden />}
              loading={stop.isPending}
              onClick={() => stop.mutate({ params: { run } })}
            >
              {t('stop')}
            </Button>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<CirclePlay size={14} aria-hidden />}
              loading={resume.isPending}
              onClick={() => resume.mutate({ params: { run, number } })}
            >
              {t('goOn')}
            </Button>
          )}
        </Group>
        {reason !== '' && <Text size="sm">{reason}</Text>}
        <Text size="sm" c="dimmed">
          {t(running ? 'leave' : 'stays')}
        </Text>
        {error !== null && <ErrorAlert error={error} />}
      </Stack>
    </Alert>
  );
}
