import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { Money, Tokens } from '../../components/figures.tsx';
import { formatNumber, formatPoints } from '../../components/format.ts';
import { Facts } from './facts.tsx';
import { Hint } from './hint.tsx';
import { JudgingText } from './judging-figures.tsx';

export type Plan = Answer<'POST /api/projects/:project/runs/plan'>;
type Props = { plan: Plan | undefined; stale: boolean; children: React.ReactNode };

/** What a run would take and what it could show, before anything is asked of a model. */
export function RunPlan({ plan, stale, children }: Props) {
  const { t } = useTranslation('runs');
  return (
    <Paper component="section" aria-labelledby="plan" aria-busy={stale}>
      <Stack gap="sm">
        <Title order={2} id="plan">
          {t('plan.title')}
        </Title>
        {plan === undefined ? (
          stale ? (
            <Skeleton height={150} />
          ) : (
            <Text c="dimmed">{t('plan.incomplete')}</Text>
          )
        ) : (
          <div style={{ opacity: stale ? 0.6 : 1 }} aria-live="polite">
            <PlanFigures plan={plan} />
          </div>
        )}
        {children}
        <Text size="xs" c="dimmed">
          {t('plan.ruleOfThumb')}
        </Text>
      </Stack>
    </Paper>
  );
}

function PlanFigures({ plan }: { plan: Plan }) {
  const { t } = useTranslation('runs');
  const facts = [
    { name: t('plan.cases'), value: formatNumber(plan.cases) },
    {
      name: t('plan.calls'),
      value: t('plan.callsValue', {
        calls: formatNumber(plan.calls - plan.cachedCalls),
        cached: formatNumber(plan.cachedCalls),
      }),
    },
    { name: t('plan.tokens'), value: <Tokens input={plan.inputTokens} output={plan.outputTokens} /> },
    ...(plan.judging === null ? [] : [{ name: t('scorings:planName'), value: <JudgingText judging={plan.judging} /> }]),
    { name: t('plan.cost'), value: plan.costUsd === null ? t('plan.noPrice') : <Money usd={plan.costUsd} /> },
  ];
  const points = (value: number) => formatPoints(value).replace('+', '');
  return (
    <Stack gap="xs">
      <Facts facts={facts} />
      <Text size="sm">
        {plan.exactDetectable === null
          ? t('plan.notDetectable', { n: plan.cases })
          : t('plan.detectable', {
              n: plan.cases,
              points: points(plan.exactDetectable),
              formula:
                plan.detectable === null
                  ? t('plan.exactOnly')
                  : t('plan.byFormula', { points: points(plan.detectable) }),
            })}
      </Text>
      {plan.holdoutLook !== null && (
        <Text size="sm">
          {plan.holdoutLook === 1 ? t('plan.firstLook') : t('plan.look', { look: plan.holdoutLook })}
        </Text>
      )}
      {plan.problems.map(({ code, message }) => (
        <Hint key={code} icon={TriangleAlert}>
          {t(`plan.problem.${code}`, { defaultValue: message, message })}
        </Hint>
      ))}
    </Stack>
  );
}
