import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { ClipboardCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { JudgeMark } from '../../components/judge-mark.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './judge-review.module.css';

/** The judge models that the run's rate rests on, how far each can be trusted, and the way to find out. Nothing where no judge judged. */
export function RunJudges({ run }: { run: Run }) {
  const { t } = useTranslation('judges');
  if (run.judges.length === 0) return null;
  return (
    <Paper component="section" aria-labelledby="judges">
      <Stack gap="xs">
        <Title order={2} id="judges">
          {t('title')}
        </Title>
        {run.judges.map((judge) => (
          <Group key={`${judge.scorer} ${judge.judge}`} gap="xs" justify="space-between">
            <Stack gap={4} className={classes.judge}>
              <span className={`mono ${classes.scorer}`}>{judge.scorer}</span>
              <Group gap="xs">
                <span>
                  {t('passes')} <RateWithInterval {...judge} passRate={judge.n === 0 ? null : judge.passed / judge.n} />
                </span>
                <JudgeMark judge={judge} />
              </Group>
            </Stack>
            <ButtonLink
              to="/projects/$project/runs/$run/review"
              params={{ project: run.project, run: String(run.id) }}
              search={{ judge: judge.judge }}
              variant="default"
              size="compact-sm"
              leftSection={<ClipboardCheck size={14} aria-hidden />}
            >
              {judge.labels === 0 ? t('calibrate') : t('goOn')}
            </ButtonLink>
          </Group>
        ))}
        <Text size="sm" c="dimmed">
          {t('why')}
        </Text>
      </Stack>
    </Paper>
  );
}
