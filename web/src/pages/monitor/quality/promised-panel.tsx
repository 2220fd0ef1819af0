import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { RateWithInterval } from '../../../components/rate-with-interval.tsx';
import { REFRESH_MS } from '../use-observations.ts';
import { BesideTable, PromiseTable } from './promise-tables.tsx';
import type { NameOf, Promised } from './quality.ts';

type Props = { project: string; prompt: string; promptName: string; days: number; nameOf: NameOf };

/** What the evaluation promised of the release in production, and what its calls show. */
export function PromisedPanel({ project, prompt, promptName, days, nameOf }: Props) {
  const { t } = useTranslation('quality');
  const query = useApi(
    'GET /api/projects/:project/prompts/:prompt/promised',
    { params: { project, prompt }, query: { days } },
    { refetchInterval: REFRESH_MS, keepPrevious: true },
  );
  return (
    <Paper component="section" aria-labelledby="promised">
      <Title order={2} id="promised">
        {t('promised.title')}
      </Title>
      <QueryState query={query} height={120}>
        {({ promised }) =>
          promised === null ? (
            <Text c="dimmed">{t('promised.none', { prompt: promptName })}</Text>
          ) : (
            <Found project={project} promised={promised} days={days} nameOf={nameOf} />
          )
        }
      </QueryState>
    </Paper>
  );
}

type FoundProps = Pick<Props, 'project' | 'days' | 'nameOf'> & { promised: Promised };

function Found({ project, promised, days, nameOf }: FoundProps) {
  const { t } = useTranslation('quality');
  const release = nameOf(promised.release);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {days === 1 ? t('promised.textOneDay', { release }) : t('promised.text', { release, days })}
      </Text>
      {promised.evaluation === null ? (
        <Text>{t('promised.noEvaluation')}</Text>
      ) : (
        <>
          <Evaluation project={project} evaluation={promised.evaluation} isCompared={promised.scorers.length > 0} />
          {promised.scorers.length === 0 ? (
            <Text>{t('promised.noShared')}</Text>
          ) : (
            <PromiseTable scorers={promised.scorers} />
          )}
          <NotCompared notCompared={promised.notCompared} />
        </>
      )}
      <BesideTable promised={promised} />
    </Stack>
  );
}

type EvaluationProps = { project: string; evaluation: NonNullable<Promised['evaluation']>; isCompared: boolean };

function Evaluation({ project, evaluation, isCompared }: EvaluationProps) {
  const { t } = useTranslation('quality');
  const { runId, evalSet, evalSetVersion, split, rates, look } = evaluation;
  return (
    <Text size="sm">
      <AnchorLink
        to="/projects/$project/runs/$run"
        params={{ project, run: String(runId) }}
        search={{ split }}
        inherit
        underline="always"
      >
        {t('promised.evaluation', {
          run: runId,
          set: evalSet,
          version: evalSetVersion,
          split: t(`common:split.${split}`),
        })}
      </AnchorLink>{' '}
      · {t('promised.overall')} <RateWithInterval {...rates} />
      {split === 'dev' && ` · ${t('promised.onDev')}`}
      {isCompared && look !== null && look > 1 && ` · ${t('promised.look', { look, cost: (look * (look + 1)) / 2 })}`}
    </Text>
  );
}

function NotCompared({ notCompared }: Pick<Promised, 'notCompared'>) {
  const { t } = useTranslation('quality');
  if (notCompared.length === 0) return null;
  return (
    <section aria-label={t('promised.notCompared')}>
      <Title order={3} size="sm">
        {t('promised.notCompared')}
      </Title>
      <ul>
        {notCompared.map(({ scorer, why }) => (
          <li key={scorer}>
            <span className="mono">{scorer}</span>: {t(`promised.why.${why}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
