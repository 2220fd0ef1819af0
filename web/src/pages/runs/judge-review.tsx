import { Group, Paper, Select, Stack, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { JudgeLabelling } from './judge-labelling.tsx';
import { JudgeReport } from './judge-report.tsx';
import classes from './judge-review.module.css';

const ROUTE = '/projects/$project/runs/$run/review';
const sizes = ['60', '100', '200', '500', '1000'];

export type Sample = Answer<'GET /api/runs/:run/judges/:judge/sample'>;
/** What a review is of. */
export type Reviewed = { project: string; run: number; judge: string };

/** A person labels a sample of what a judge model judged, without seeing what it said; then they see how far it says the same. */
export function JudgeReview() {
  const { t } = useTranslation('judges');
  const { project, run } = useParams({ from: ROUTE });
  const { judge = '', size = 60 } = useSearch({ from: ROUTE });
  const [author] = useAuthor();
  const sample = useApi(
    'GET /api/runs/:run/judges/:judge/sample',
    { params: { run: Number(run), judge }, query: { size, author } },
    { keepPrevious: true },
  );
  const of: Reviewed = { project, run: Number(run), judge };
  return (
    <>
      <PageHeader
        title={t('review')}
        subtitle={
          <AnchorLink to="/projects/$project/runs/$run" params={{ project, run }} inherit>
            {t('runs:runNumber', { run: Number(run) })}
          </AnchorLink>
        }
        actions={<SampleSize size={size} />}
      />
      <QueryState query={sample}>
        {(drawn) => (
          <Stack gap="md">
            <Paper component="section" aria-label={t('criterion')}>
              <Stack gap="xs">
                <Group align="end" gap="md">
                  <AuthorField required w={240} />
                  <Text size="sm" c="dimmed" flex={1} miw={220}>
                    {t('blind')}
                  </Text>
                </Group>
                <p className={classes.criterion}>
                  <Text span size="sm" c="dimmed">
                    {t('criterion')}
                  </Text>{' '}
                  {drawn.criterion}
                </p>
              </Stack>
            </Paper>
            <Review key={author} of={of} author={author} sample={drawn} />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

function Review({ of, author, sample }: { of: Reviewed; author: string; sample: Sample }) {
  const { t } = useTranslation('judges');
  const isDone = sample.items.every(({ label }) => label !== null);
  if (author.trim() === '') return <Text>{t('nameFirst')}</Text>;
  return (
    <>
      <JudgeLabelling of={of} author={author} sample={sample} />
      {isDone && <JudgeReport of={of} />}
    </>
  );
}

function SampleSize({ size }: { size: number }) {
  const { t } = useTranslation('judges');
  const navigate = useNavigate({ from: ROUTE });
  return (
    <Select
      label={t('size')}
      w={120}
      data={sizes}
      allowDeselect={false}
      value={String(size)}
      onChange={(chosen) => void navigate({ search: (before) => ({ ...before, size: Number(chosen) }), replace: true })}
    />
  );
}
