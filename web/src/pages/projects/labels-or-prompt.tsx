import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleQuestionMark, type LucideIcon, Scale, TrendingDown, TrendingUp } from 'lucide-react';

import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { formatP, formatPoints } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { useReadAgainWithRuns } from '../../components/use-runs.ts';
import classes from './labels-or-prompt.module.css';
import { LabelsOrPromptTable } from './labels-or-prompt-table.tsx';

export type BaselineReport = Answer<'GET /api/projects/:project/baseline'>;

/** What the best prompt is worth against what the field did before: to label, and to train on the labels. */
export function LabelsOrPrompt() {
  const { t } = useTranslation('projects');
  const { project } = useParams({ from: '/projects/$project/' });
  const { set } = useSearch({ from: '/projects/$project/' });
  const query = useApi(
    'GET /api/projects/:project/baseline',
    { params: { project }, query: { set } },
    { keepPrevious: true },
  );
  useReadAgainWithRuns(project, query.refetch);
  return (
    <QueryState query={query}>
      {(report) => (
        <section aria-labelledby="labels-or-prompt">
          <Group justify="space-between" mb="xs">
            <Title order={2} id="labels-or-prompt">
              {t('baseline.title')}
            </Title>
            <SetChoice project={project} set={set ?? report.set} />
          </Group>
          {report.baseline === null ? (
            <NoBaseline project={project} report={report} />
          ) : (
            <Paper>
              <Stack gap="sm">
                <Text size="sm" c="dimmed">
                  {t('baseline.method', {
                    count: report.baseline.labelsUsed,
                    set: `${report.set}@${report.setVersion}`,
                    folds: report.baseline.folds,
                    library: report.baseline.library,
                  })}
                </Text>
                <Verdict report={report} />
                <LabelsOrPromptTable project={project} baseline={report.baseline} prompt={report.prompt} />
              </Stack>
            </Paper>
          )}
        </section>
      )}
    </QueryState>
  );
}

/** Of which set: the one that was run last, until a person chooses. */
function SetChoice({ project, set }: { project: string; set: string | null }) {
  const { t } = useTranslation('projects');
  const navigate = useNavigate();
  const { data } = useApi('GET /api/projects/:project/sets', { params: { project } });
  const filled = data?.sets.filter(({ caseCount }) => caseCount > 0) ?? [];
  if (filled.length < 2) return null;
  return (
    <Select
      size="xs"
      aria-label={t('baseline.set')}
      allowDeselect={false}
      data={filled.map(({ slug, name }) => ({ value: slug, label: name }))}
      value={set}
      onChange={(chosen) =>
        chosen !== null &&
        navigate({ to: '/projects/$project', params: { project }, search: { set: chosen }, resetScroll: false })
      }
    />
  );
}

function NoBaseline({ project, report: { set, reason } }: { project: string; report: BaselineReport }) {
  const { t } = useTranslation('projects');
  const errorText = useErrorText();
  const train = useApiMutation('POST /api/projects/:project/baseline');
  return (
    <EmptyState
      icon={Scale}
      title={t('baseline.none')}
      action={
        reason?.code === 'baseline_not_trained' ? (
          <Button
            loading={train.isPending}
            onClick={() => train.mutate({ params: { project }, body: { set: set ?? undefined } })}
          >
            {t('baseline.train')}
          </Button>
        ) : set === null ? (
          <ButtonLink to="/projects/$project/sets" params={{ project }}>
            {t('baseline.toSets')}
          </ButtonLink>
        ) : (
          <ButtonLink to="/projects/$project/sets/$set" params={{ project, set }}>
            {t('baseline.toSet')}
          </ButtonLink>
        )
      }
    >
      {reason !== null && errorText(reason)}
      {train.error && <ErrorAlert error={train.error} />}
    </EmptyState>
  );
}

type Verdict = NonNullable<BaselineReport['comparison']>['verdict'];
const looks: Record<Verdict, { icon: LucideIcon; key: 'better' | 'worse' | 'unclear' }> = {
  better: { icon: TrendingUp, key: 'better' },
  worse: { icon: TrendingDown, key: 'worse' },
  "can't tell": { icon: CircleQuestionMark, key: 'unclear' },
};

/** The prompt against the classifier, paired by case, in words. */
function Verdict({ report: { comparison, prompt } }: { report: BaselineReport }) {
  const { t } = useTranslation('projects');
  if (comparison === null || prompt === null) return <Text>{t('baseline.noRun')}</Text>;
  const { n, fixed, broken, pValue, verdict, difference, interval, detectable, enoughFlips } = comparison;
  const { icon: Icon, key } = looks[verdict];
  const points = (value: number) => formatPoints(value).replace(/^\+/, '');
  const [lo, hi] = interval;
  return (
    <div className={classes.verdict} data-verdict={key}>
      <Icon size={20} aria-hidden />
      <Text>
        <strong>{t(`baseline.verdict.${key}`, { version: `${prompt.prompt}@${prompt.version}` })}</strong>{' '}
        {prompt.standIn && t('baseline.standIn')} {t('baseline.counts', { fixed, broken, n, p: formatP(pValue) })}{' '}
        {t('runs:verdict.difference', { points: formatPoints(difference), lo: formatPoints(lo), hi: formatPoints(hi) })}{' '}
        {verdict === "can't tell" &&
          (detectable === null
            ? t('runs:verdict.notDetectable', { n })
            : t('runs:verdict.detectable', { n, points: points(detectable) }))}{' '}
        {verdict === "can't tell" && !enoughFlips && t('runs:verdict.tooFewFlips', { flips: fixed + broken })}
      </Text>
    </div>
  );
}
