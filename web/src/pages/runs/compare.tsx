import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeftRight, Diff, GitCompareArrows, Pencil } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { CompareCases } from './compare-cases.tsx';
import { CompareHeads } from './compare-heads.tsx';
import { CompareMatrix } from './compare-matrix.tsx';
import { CompareMetrics } from './compare-metrics.tsx';
import { ComparePairs } from './compare-pairs.tsx';
import type { Compared } from './compare-reading.ts';
import { CompareVerdict } from './compare-verdict.tsx';
import { CompareWarnings } from './compare-warnings.tsx';
import { ComparisonReportButton } from './report-button.tsx';
import { COMPARE_ROUTE, useCompare, useComparedIds, useComparison } from './use-comparison.ts';

/** Two to six runs paired by case: what each fixed and broke against the first, and how sure that is. */
export function Compare() {
  const { t } = useTranslation('compare');
  const { project } = useParams({ from: COMPARE_ROUTE });
  const ids = useComparedIds();
  const compare = useCompare();
  const query = useComparison(ids);
  const [a, b] = ids;
  const { split = 'all' } = useSearch({ from: COMPARE_ROUTE });
  const pair = ids.length === 2;
  useHotkey('s', t('runs:compare.swap'), () => {
    if (pair) compare(ids.toReversed());
  });
  if (a === undefined || b === undefined) return <NothingChosen project={project} />;
  return (
    <>
      <PageHeader
        title={pair ? t('runs:compare.title', { a: b, b: a }) : t('title', { count: ids.length - 1, run: a })}
        subtitle={pair ? t('runs:compare.subtitle') : t('subtitle')}
        actions={
          <>
            <ComparisonReportButton runs={ids} split={split} />
            {pair && (
              <>
                {query.data !== undefined && <PromptDiff compared={query.data} />}
                <Button
                  variant="default"
                  leftSection={<ArrowLeftRight size={16} aria-hidden />}
                  onClick={() => compare(ids.toReversed())}
                >
                  {t('runs:compare.swap')}
                </Button>
                {query.data !== undefined && <NextVersion compared={query.data} />}
              </>
            )}
          </>
        }
      />
      <QueryState query={query}>
        {(compared) => (
          <Stack gap="md">
            <SplitChoice compared={compared} />
            <CompareVerdict compared={compared} />
            <ComparePairs compared={compared} />
            <CompareMetrics compared={compared} />
            <CompareWarnings compared={compared} />
            <CompareMatrix runs={compared.runs} />
            <CompareHeads compared={compared} />
            <CompareCases compared={compared} />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

function NothingChosen({ project }: { project: string }) {
  const { t } = useTranslation('compare');
  return (
    <>
      <PageHeader title={t('none')} />
      <EmptyState
        icon={GitCompareArrows}
        title={t('noneTitle')}
        action={
          <ButtonLink to="/projects/$project/runs" params={{ project }}>
            {t('toRuns')}
          </ButtonLink>
        }
      >
        {t('noneText')}
      </EmptyState>
    </>
  );
}

/** What the two prompts say differently; there is such a page for versions of one prompt. */
function PromptDiff({ compared: { runs } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const [a, b] = runs;
  if (a === undefined || b === undefined || a.prompt !== b.prompt || a.version === b.version) return null;
  return (
    <ButtonLink
      to="/projects/$project/prompts/$prompt/diff"
      params={{ project: b.project, prompt: b.prompt }}
      search={{ from: a.version, to: b.version }}
      variant="default"
      leftSection={<Diff size={16} aria-hidden />}
    >
      {t('compare.promptDiff')}
    </ButtonLink>
  );
}

/** On to what the second one still gets wrong. */
function NextVersion({ compared: { runs } }: { compared: Compared }) {
  const { t } = useTranslation('compare');
  const [, b] = runs;
  if (b === undefined) return null;
  return (
    <ButtonLink
      to="/projects/$project/prompts/$prompt/edit"
      params={{ project: b.project, prompt: b.prompt }}
      search={{ from: b.version, failures: b.id }}
      leftSection={<Pencil size={16} aria-hidden />}
    >
      {t('newVersion')}
    </ButtonLink>
  );
}

function SplitChoice({ compared: { runs } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const { split } = useSearch({ from: COMPARE_ROUTE });
  const navigate = useNavigate({ from: COMPARE_ROUTE });
  if (runs.every((run) => run.split !== 'all') && split === undefined) return null;
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('splitLabel')}
        value={split ?? 'all'}
        onChange={(value) =>
          navigate({
            search: (before) => ({
              ...before,
              split: value === 'dev' || value === 'holdout' ? value : undefined,
              case: undefined,
            }),
            resetScroll: false,
          })
        }
        data={(['all', 'dev', 'holdout'] as const).map((one) => ({ value: one, label: t(`common:split.${one}`) }))}
      />
    </Group>
  );
}
