import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import classes from './failing-cases.module.css';
import { shownValue } from './subject.ts';
import type { Failure, useFailures } from './use-failures.ts';

type Props = {
  project: string;
  run: number;
  category: string | undefined;
  query: ReturnType<typeof useFailures>;
  /** Key of the case that is previewed. */
  chosen: string | null;
  onChoose: (failure: Failure) => void;
};

/** The cases that a run failed, beside the prompt: choosing one previews the draft on it. Failures of holdout are left out, so that no prompt is written to them. */
export function FailingCases({ project, run, category, query, chosen, onChoose }: Props) {
  const { t } = useTranslation('prompts');
  const { failures } = query;
  return (
    <Paper component="section" aria-labelledby="failing">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="failing">
          {t('failing.title')}{' '}
          <AnchorLink
            to="/projects/$project/runs/$run"
            params={{ project, run: String(run) }}
            search={{ outcome: 'not_passed' }}
          >
            {t('failing.run', { run })}
          </AnchorLink>
        </Title>
        <CategorySelect project={project} category={category} />
      </Group>
      {query.error !== null && <ErrorAlert error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && failures.length === 0 && (
        <EmptyState icon={CircleCheck} title={t('failing.none')}>
          {t('failing.noneText')}
        </EmptyState>
      )}
      <ul className={classes.list}>
        {failures.map((failure) => (
          <FailingCase key={failure.id} failure={failure} chosen={failure.caseKey === chosen} onChoose={onChoose} />
        ))}
      </ul>
      <Group gap="xs" mt="xs">
        {query.hasNextPage && (
          <Button
            variant="default"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {t('failing.more')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('failing.devOnly')}
        </Text>
      </Group>
    </Paper>
  );
}

function CategorySelect({ project, category }: Pick<Props, 'project' | 'category'>) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate({ from: '/projects/$project/prompts/$prompt/edit' });
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project } });
  const known = data?.categories.map((item) => item.category) ?? [];
  const names = category === undefined || known.includes(category) ? known : [category, ...known];
  if (names.length === 0) return null;
  return (
    <Select
      size="xs"
      w={200}
      clearable
      aria-label={t('failing.category')}
      placeholder={t('failing.anyCategory')}
      data={names}
      value={category ?? null}
      onChange={(next) =>
        navigate({
          search: (search) => ({ ...search, category: next ?? undefined }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}

type CaseProps = { failure: Failure; chosen: boolean; onChoose: (failure: Failure) => void };

function FailingCase({ failure, chosen, onChoose }: CaseProps) {
  const { t } = useTranslation('prompts');
  const { variables, expected, output, outcome, review } = failure;
  return (
    <li>
      <button type="button" className={classes.case} aria-pressed={chosen} onClick={() => onChoose(failure)}>
        <Stack gap={4}>
          <span className={classes.input}>{Object.values(variables).map(shownValue).join('\n')}</span>
          <span className={classes.facts}>
            <OutcomeBadge outcome={outcome} />
            <span>
              <span className="dim">{t('failing.expected')}</span> {expected === null ? '–' : shownValue(expected)}
            </span>
            <span className={classes.output}>
              <span className="dim">{t('failing.output')}</span> {output ?? failure.error?.message ?? '–'}
            </span>
          </span>
          {review !== null && (
            <span className={classes.facts}>
              {review.category !== '' && <strong>{review.category}</strong>}
              {review.note !== '' && <span>{review.note}</span>}
            </span>
          )}
        </Stack>
      </button>
    </li>
  );
}
