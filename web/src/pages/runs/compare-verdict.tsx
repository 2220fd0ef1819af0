import { Paper, Stack, Text, Title } from '@mantine/core';
import { CircleQuestionMark, type LucideIcon, TrendingDown, TrendingUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatP, formatPoints } from '../../components/format.ts';
import classes from './compare.module.css';
import { type Compared, formatShare, type Pair } from './compare-reading.ts';
import { Hint } from './hint.tsx';

export const verdictLooks: Record<Pair['verdict'], { icon: LucideIcon; key: 'better' | 'worse' | 'unclear' }> = {
  better: { icon: TrendingUp, key: 'better' },
  worse: { icon: TrendingDown, key: 'worse' },
  "can't tell": { icon: CircleQuestionMark, key: 'unclear' },
};

/** The verdict on two runs in words, with what it rests on and what could have been shown at all. Several have a table. */
export function CompareVerdict({ compared: { runs, pairs } }: { compared: Compared }) {
  const [baseline] = runs;
  const [pair] = pairs;
  if (baseline === undefined || pair === undefined || pairs.length > 1) return null;
  return <Verdict a={baseline.id} pair={pair} />;
}

function Verdict({ a, pair }: { a: number; pair: Pair }) {
  const { t } = useTranslation('runs');
  const { n, fixed, broken, pValue, verdict, difference, interval, detectable, enoughFlips } = pair;
  const { icon: Icon, key } = verdictLooks[verdict];
  const points = (value: number) => formatPoints(value).replace(/^\+/, '');
  return (
    <Paper component="section" aria-labelledby="verdict" className={classes.verdict} data-verdict={key}>
      <Icon size={22} aria-hidden />
      <Stack gap={4} miw={0}>
        <Title order={2} id="verdict">
          {t(`verdict.${key}`, { a, b: pair.run })}
        </Title>
        {n === 0 ? (
          <Text>{t('verdict.nothingPaired')}</Text>
        ) : (
          <>
            <Text>
              {t('verdict.counts', { fixed, broken, n, p: formatP(pValue) })}{' '}
              {t('verdict.difference', {
                points: formatPoints(difference),
                lo: formatPoints(interval[0]),
                hi: formatPoints(interval[1]),
              })}
            </Text>
            {verdict === "can't tell" && (
              <Text>
                {detectable === null
                  ? t('verdict.notDetectable', { n })
                  : t('verdict.detectable', { n, points: points(detectable) })}{' '}
                {!enoughFlips && t('verdict.tooFewFlips', { flips: fixed + broken })}
              </Text>
            )}
            <FormatHint a={a} pair={pair} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** No answer of both, and whether the difference is no more than that. */
function FormatHint({ a, pair }: { a: number; pair: Pair }) {
  const { t } = useTranslation('runs');
  const share = formatShare(pair);
  const { before: countA, after: countB } = pair.noAnswer;
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('verdict.noAnswer', { a, b: pair.run, countA, countB, n: pair.n })}
      </Text>
      {share.type !== 'none' && (
        <Hint>
          {t(`verdict.format.${share.type}${share.alone ? 'Alone' : 'Partly'}`, { count: share.count, of: share.of })}
        </Hint>
      )}
    </>
  );
}
