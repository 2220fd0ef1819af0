import { Paper, Stack, Text, Title } from '@mantine/core';
import { CircleQuestionMark, type LucideIcon, TrendingDown, TrendingUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatP, formatPoints } from '../../components/format.ts';
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
  const { n, fixed, broken, pValue, correctedVerdict: verdict, difference, interval, enoughFlips } = pair;
  const { icon: Icon, key } = verdictLooks[verdict];
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
                <Power pair={pair} /> {!enoughFlips && t('verdict.tooFewFlips', { flips: fixed + broken })}
              </Text>
            )}
            <Look pair={pair} />
            <FormatHint a={a} pair={pair} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** What "can't tell" means: how large a difference would have been found, and how many cases five points take. */
export function Power({ pair: { n, detectable, exactDetectable, casesForFivePoints } }: { pair: Pair }) {
  const { t } = useTranslation('runs');
  const points = (value: number) => formatPoints(value).replace(/^\+/, '');
  return (
    <>
      {exactDetectable === null
        ? t('verdict.notDetectable', { n: formatNumber(n) })
        : t('verdict.detectable', { n: formatNumber(n), points: points(exactDetectable) })}{' '}
      {exactDetectable !== null &&
        detectable !== null &&
        `${t('verdict.detectableByFormula', { points: points(detectable) })} `}
      {casesForFivePoints !== null &&
        casesForFivePoints > n &&
        t('verdict.casesForFivePoints', { cases: formatNumber(casesForFivePoints) })}
    </>
  );
}

/** What it costs that the holdout cases were looked at before. */
export function Look({ pair: { look, correctedPValue, pValue }, letter }: { pair: Pair; letter?: string }) {
  const { t } = useTranslation('runs');
  if (look === null || look === 1) return null;
  const plain = (p: number) => formatP(p).replace(/^= /, '');
  const values = { look, cost: (look * (look + 1)) / 2, p: plain(pValue), corrected: plain(correctedPValue) };
  return (
    <Text size="sm" c="dimmed">
      {letter === undefined ? t('verdict.look', values) : t('verdict.lookOf', { ...values, letter })}
    </Text>
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
