import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { formatMoney, formatNumber } from '../../components/format.ts';

type Judging = NonNullable<Answer<'POST /api/runs/:run/rescore/plan'>['judging']>;

/** What scoring so many outputs would ask of models, in a sentence. */
export function JudgingFigures({ outputs, judging }: { outputs: number; judging: Judging | null }) {
  const { t } = useTranslation('scorings');
  return (
    <Text size="sm">
      {t('outputs', { n: formatNumber(outputs) })} {judging === null ? t('noModel') : <JudgingText judging={judging} />}
    </Text>
  );
}

export function JudgingText({ judging }: { judging: Judging }) {
  const { t } = useTranslation('scorings');
  const { calls, cachedCalls, texts, inputTokens, outputTokens, costUsd } = judging;
  const parts = [
    ...(calls > 0
      ? [
          t('judgeCalls', {
            calls: formatNumber(calls - cachedCalls),
            cached: formatNumber(cachedCalls),
            input: formatNumber(inputTokens),
            output: formatNumber(outputTokens),
          }),
        ]
      : []),
    ...(texts > 0 ? [t('texts', { n: formatNumber(texts) })] : []),
    costUsd === null ? t('noPrice') : t('costs', { cost: formatMoney(costUsd) }),
  ];
  return <>{parts.join(' · ')}</>;
}
