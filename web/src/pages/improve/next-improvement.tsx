import { Group, Paper, Stack, Title } from '@mantine/core';
import { Lightbulb, TriangleAlert, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ButtonLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './failures.module.css';

/** What to try next by the largest category, with what speaks for it and against it. */
export function NextImprovement({ run }: { run: Run }) {
  const { t } = useTranslation('improve');
  const query = useApi('GET /api/runs/:run/next-improvement', { params: { run: run.id } });
  return (
    <Paper component="section" aria-labelledby="next-improvement">
      <Title order={2} id="next-improvement" mb="xs">
        {t('next.title')}
      </Title>
      <QueryState query={query} height={90}>
        {({ improvement }) => {
          if (improvement === null) return null;
          const { category, cases, n, interval, steps, doubts } = improvement;
          return (
            <Stack gap="xs">
              <p className={classes.sentence}>
                {category === null ? t('next.all') : t('next.largest', { category })}{' '}
                {t('next.cases', { count: cases, n })}{' '}
                <RateWithInterval passRate={cases / n} interval={interval} n={n} />
              </p>
              <ul className={classes.steps}>
                {steps.map(({ code, values }) => (
                  <li key={code}>
                    <Lightbulb size={16} aria-hidden />
                    <span>{t(`next.steps.${code}`, values)}</span>
                  </li>
                ))}
                {doubts.map(({ code, values }) => (
                  <li key={code} className="dim">
                    <TriangleAlert size={16} aria-hidden />
                    <span>{t(`next.doubts.${code}`, values)}</span>
                  </li>
                ))}
              </ul>
              <Group>
                <ButtonLink
                  to="/projects/$project/prompts/$prompt/edit"
                  params={{ project: run.project, prompt: run.prompt }}
                  search={{ from: run.version, failures: run.id, category: category ?? undefined }}
                  leftSection={<Wrench size={16} aria-hidden />}
                >
                  {category === null
                    ? t('newVersion', { version: run.version })
                    : t('newVersionFor', { version: run.version, category })}
                </ButtonLink>
              </Group>
            </Stack>
          );
        }}
      </QueryState>
    </Paper>
  );
}
