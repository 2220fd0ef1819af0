import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatInterval, formatNumber, formatP, formatPoints } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { usePriceBasisText } from './price-basis-text.ts';
import type { Evidence, RunEvidence } from './release.ts';

type Compared = NonNullable<Evidence['againstProduction']>;

/** What the version fixes and breaks of what is in production. */
export function AgainstProduction({ project, compared }: { project: string; compared: Compared }) {
  const { t } = useTranslation('releases');
  if (compared.length === 0) return null;
  return (
    <div>
      <Title order={3}>{t('evidence.against')}</Title>
      <Text size="sm" c="dimmed" mb={6}>
        {t('evidence.againstText')}
      </Text>
      <ul>
        {compared.map((pair) => (
          <li key={`${pair.evalSet} ${pair.split}`}>
            <AnchorLink
              to="/projects/$project/compare/$a/$b"
              params={{ project, a: String(pair.runs.production), b: String(pair.runs.candidate) }}
              inherit
              underline="always"
            >
              {t('releaseOfVersion', { number: pair.release, version: pair.version })}
            </AnchorLink>
            {' · '}
            {pair.evalSet} · {t(`common:split.${pair.split}`)} ·{' '}
            <strong>{t(`evidence.${pair.verdict === "can't tell" ? 'cantTell' : pair.verdict}`)}</strong>
            {' · '}
            {t('evidence.fixed')} {formatNumber(pair.fixed)}, {t('evidence.broken')} {formatNumber(pair.broken)}
            {' · '}
            {t('evidence.difference')} {formatPoints(pair.difference)} {formatInterval(pair.interval)} · n ={' '}
            {formatNumber(pair.n)} · p {formatP(pair.pValue)}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Unseen = NonNullable<Evidence['unseenHoldout']>;

/** Holdout cases that say nothing here, because the version was not run on them. */
export function UnseenHoldout({ project, unseen }: { project: string; unseen: Unseen }) {
  const { t } = useTranslation('releases');
  if (unseen.length === 0) return null;
  return (
    <div>
      <Title order={3}>{t('evidence.unseen')}</Title>
      <ul>
        {unseen.map(({ evalSet, evalSetVersion, cases }) => (
          <li key={evalSet}>
            <AnchorLink
              to="/projects/$project/sets/$set"
              params={{ project, set: evalSet }}
              search={{ version: evalSetVersion, split: 'holdout' }}
              inherit
              underline="always"
            >
              {evalSet}@{evalSetVersion}
            </AnchorLink>{' '}
            · {t('evidence.unseenCases', { count: cases })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** By which scorers the runs were judged. */
export function JudgedBy({ runs }: { runs: readonly RunEvidence[] }) {
  const { t } = useTranslation('releases');
  const judged = runs.flatMap(({ runId, judgedBy }) => (judgedBy === undefined ? [] : [{ runId, ...judgedBy }]));
  const byRun = [...new Map(judged.map((one) => [one.runId, one])).values()];
  if (byRun.length === 0) return null;
  return (
    <div>
      <Title order={3}>{t('evidence.judgedBy')}</Title>
      <ul>
        {byRun.map(({ runId, scorers, threshold, casesWithOwn }) => (
          <li key={runId}>
            #{runId} · <span className="mono">{scorers.join(', ')}</span>
            {threshold !== null && ` · ${t('evidence.threshold', { threshold: formatNumber(threshold, 2) })}`}
            {casesWithOwn > 0 && ` · ${t('evidence.casesWithOwn', { count: casesWithOwn })}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** By which prices the costs of the runs were counted, and who said so. */
export function PricedBy({ runs }: { runs: readonly RunEvidence[] }) {
  const { t } = useTranslation('releases');
  const say = usePriceBasisText();
  const byRun = [...new Map(runs.map(({ runId, pricedBy = [] }) => [runId, pricedBy])).entries()];
  if (byRun.every(([, bases]) => bases.length === 0)) return null;
  return (
    <div>
      <Title order={3}>{t('evidence.pricedBy')}</Title>
      <ul>
        {byRun.flatMap(([runId, bases]) =>
          bases.map((basis) => {
            const text = say(basis);
            return (
              <li key={`${runId} ${text}`} style={{ overflowWrap: 'anywhere' }}>
                #{runId} · {text}
              </li>
            );
          }),
        )}
      </ul>
    </div>
  );
}

/** What people called the failures of the runs. */
export function FailureCounts({ runs }: { runs: readonly RunEvidence[] }) {
  const { t } = useTranslation('releases');
  const named = runs.filter(({ failures = [] }) => failures.length > 0);
  if (named.length === 0) return null;
  return (
    <div>
      <Title order={3}>{t('evidence.failures')}</Title>
      <ul>
        {named.map(({ runId, split, failures = [] }) => (
          <li key={`${runId} ${split}`}>
            #{runId} · {t(`common:split.${split}`)} ·{' '}
            {failures.map(({ category, count }) => `${category} ${formatNumber(count)}`).join(' · ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
