import { Group, SimpleGrid, Stack } from '@mantine/core';
import { Navigate, useParams } from '@tanstack/react-router';
import { Pencil, Repeat2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { CommentCounts } from '../../components/comment-sign.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { ModelName } from '../../components/model-name.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { Run as RunData } from '../../components/use-runs.ts';
import { RunReportButton } from './report-button.tsx';
import { Results, RUN_ROUTE } from './results.tsx';
import { RunBatches } from './run-batches.tsx';
import { RunBreakdown } from './run-breakdown.tsx';
import { RunComments } from './run-comments.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunJudges } from './run-judges.tsx';
import { SetLink, VersionLink } from './run-links.tsx';
import { RunLog } from './run-log.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunRates } from './run-rates.tsx';
import { RunRepeats } from './run-repeats.tsx';
import { RunScorings } from './run-scorings.tsx';
import { useLiveRun } from './use-live-run.ts';

/** One run: where it stands, what it says, and the cases behind that. */
export function Run() {
  const { project, run } = useParams({ from: RUN_ROUTE });
  return <OneRun key={run} project={project} id={Number(run)} />;
}

const resultOf = ({ result }: { result: number }) => String(result);

function OneRun({ project, id }: { project: string; id: number }) {
  const { t } = useTranslation('runs');
  const { query, run, pace, log } = useLiveRun(id);
  const counts = useApi('GET /api/runs/:run/comment-counts', { params: { run: id } });
  // Under another project's name its steps would stand over a run that is not its own.
  if (run !== undefined && run.project !== project) {
    return <Navigate to={RUN_ROUTE} params={{ project: run.project, run: String(id) }} search replace />;
  }
  return (
    <>
      <PageHeader
        title={t('runNumber', { run: id })}
        subtitle={run && <What run={run} />}
        actions={run && <Next run={run} />}
      />
      <QueryState query={query}>
        {(stored) => (
          <Stack gap="md">
            <RunProgress run={run ?? stored} pace={pace} />
            <RunBatches run={run ?? stored} />
            <RunRates run={run ?? stored} />
            <RunRepeats run={run ?? stored} />
            <RunJudges run={run ?? stored} />
            <RunBreakdown run={run ?? stored} />
            <CommentCounts counts={counts.data?.results} idOf={resultOf}>
              <Results run={run ?? stored} />
            </CommentCounts>
            <RunScorings run={run ?? stored} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: 'start' }}>
              <RunFacts run={run ?? stored} />
              <RunLog log={log} />
            </SimpleGrid>
            <RunComments run={id} />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

function What({ run }: { run: RunData }) {
  const { t } = useTranslation('runs');
  return (
    <Group gap="xs">
      <VersionLink run={run} />
      <span aria-hidden>×</span>
      <ModelName {...run} />
      <span aria-hidden>×</span>
      <SetLink run={run} />
      <span>{t(`common:split.${run.split}`)}</span>
    </Group>
  );
}

function Next({ run }: { run: RunData }) {
  const { t } = useTranslation('runs');
  const { project, prompt, version, set, model, split } = run;
  return (
    <>
      <RunReportButton run={run.id} />
      <ButtonLink
        to="/projects/$project/runs/new"
        params={{ project }}
        search={{ prompt, version, set, model, split }}
        variant="default"
        leftSection={<Repeat2 size={16} aria-hidden />}
      >
        {t('runAgain')}
      </ButtonLink>
      <ButtonLink
        to="/projects/$project/prompts/$prompt/edit"
        params={{ project, prompt }}
        search={{ from: version, failures: run.id }}
        leftSection={<Pencil size={16} aria-hidden />}
      >
        {t('newVersion')}
      </ButtonLink>
    </>
  );
}
