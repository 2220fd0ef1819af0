import { Group, SegmentedControl, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeftRight, Diff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useHotkey } from '../../components/hotkey.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { CompareCases } from './compare-cases.tsx';
import { CompareHeads } from './compare-heads.tsx';
import type { Compared } from './compare-reading.ts';
import { CompareVerdict } from './compare-verdict.tsx';
import { CompareWarnings } from './compare-warnings.tsx';

export const COMPARE_ROUTE = '/projects/$project/compare/$a/$b';

/** Two runs paired by case: what the second fixed and broke against the first, and how sure that is. */
export function Compare() {
  const { t } = useTranslation('runs');
  const { project, a, b } = useParams({ from: COMPARE_ROUTE });
  const { split } = useSearch({ from: COMPARE_ROUTE });
  const navigate = useNavigate();
  const swapped = { project, a: b, b: a };
  useHotkey('s', t('compare.swap'), () => void navigate({ to: COMPARE_ROUTE, params: swapped, search: { split } }));
  const query = useApi(
    'GET /api/compare/:a/:b',
    { params: { a: Number(a), b: Number(b) }, query: { split: split ?? 'all' } },
    { keepPrevious: true },
  );
  return (
    <>
      <PageHeader
        title={t('compare.title', { a, b })}
        subtitle={t('compare.subtitle')}
        actions={
          <>
            {query.data !== undefined && <PromptDiff compared={query.data} />}
            <ButtonLink
              to={COMPARE_ROUTE}
              params={swapped}
              search={{ split }}
              variant="default"
              leftSection={<ArrowLeftRight size={16} aria-hidden />}
            >
              {t('compare.swap')}
            </ButtonLink>
          </>
        }
      />
      <QueryState query={query}>
        {(compared) => (
          <Stack gap="md">
            <SplitChoice compared={compared} />
            <CompareVerdict compared={compared} />
            <CompareWarnings compared={compared} />
            <CompareHeads compared={compared} />
            <CompareCases compared={compared} />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

/** What the two prompts say differently; there is such a page for versions of one prompt. */
function PromptDiff({ compared: { a, b } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  if (a.prompt !== b.prompt || a.version === b.version) return null;
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

function SplitChoice({ compared: { a, b } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const { split } = useSearch({ from: COMPARE_ROUTE });
  const navigate = useNavigate({ from: COMPARE_ROUTE });
  if (a.split !== 'all' && b.split !== 'all' && split === undefined) return null;
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
