import { CircleCheck, CircleDashed, CircleHelp, CircleX, type LucideIcon, Minus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Tone, ToneBadge } from '../../components/badge.tsx';
import { formatDuration, formatMoney, formatPercent } from '../../components/format.ts';
import classes from './criteria-list.module.css';
import { usePriceBasisText } from './price-basis-text.ts';
import { type Criterion, gateKey } from './release.ts';

const looks: Record<Criterion['state'], { tone: Tone; icon: LucideIcon }> = {
  met: { tone: 'pass', icon: CircleCheck },
  missed: { tone: 'fail', icon: CircleX },
  not_provable: { tone: 'none', icon: CircleHelp },
  no_evidence: { tone: 'none', icon: CircleDashed },
  not_asked: { tone: 'plain', icon: Minus },
};
const show: Record<Criterion['name'], (value: number) => string> = {
  pass_rate: formatPercent,
  tag: formatPercent,
  cost: formatMoney,
  latency: formatDuration,
};

/** What the scope asks for, whether it is met, and the figures that say so. */
export function CriteriaList({ criteria }: { criteria: readonly Criterion[] }) {
  const { t } = useTranslation('releases');
  const sentence = useCriterionSentence();
  return (
    <dl className={classes.root}>
      {criteria.map((criterion) => (
        <div key={gateKey(criterion)} className={classes.criterion}>
          <dt>{t(`criterion.${criterion.name}.name`, { tag: criterion.tag })}</dt>
          <dd>
            <ToneBadge {...looks[criterion.state]} text={t(`state.${criterion.state}`)} />
          </dd>
          <dd>{sentence(criterion)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The criteria that the scope asked for, as badges: for a line of a table. */
export function CriteriaBadges({ criteria }: { criteria: readonly Criterion[] }) {
  const { t } = useTranslation('releases');
  const sentence = useCriterionSentence();
  const asked = criteria.filter(({ state }) => state !== 'not_asked');
  if (asked.length === 0) return <span className="dim">{t('noneAsked')}</span>;
  return (
    <span className={classes.badges}>
      {asked.map((criterion) => (
        <ToneBadge
          key={gateKey(criterion)}
          {...looks[criterion.state]}
          text={t('criterionIs', {
            name: t(`criterion.${criterion.name}.short`, { tag: criterion.tag }),
            state: t(`state.${criterion.state}`),
          })}
          title={sentence(criterion)}
        />
      ))}
    </span>
  );
}

/** A criterion in words, with what is asked, observed and proven. */
function useCriterionSentence(): (criterion: Criterion) => string {
  const { t } = useTranslation('releases');
  const priced = usePriceBasisText();
  const sentence = ({ name, state, target, observed, bound }: Criterion) => {
    const figure = (value: number | null) => (value === null ? '–' : show[name](value));
    const figures = { target: figure(target), observed: figure(observed), bound: figure(bound) };
    const rate = name === 'tag' ? 'tag' : 'pass_rate';
    if (state === 'not_provable') return t(`criterion.${rate}.not_provable`, figures);
    if (state === 'not_asked' && observed === null) return t('criterion.notAskedNorSeen');
    return t(`criterion.${name}.${state}`, figures);
  };
  return (criterion) => {
    const { n, errors = 0, pricedBy = [] } = criterion;
    const cases = n === undefined ? [] : [t('criterion.cases', { count: n })];
    const without = errors === 0 ? [] : [t('criterion.errors', { count: errors })];
    const bases = pricedBy.map((basis) => t('criterion.cost.pricedBy', { basis: priced(basis) }));
    return [sentence(criterion), ...cases, ...without, ...bases].join(' ');
  };
}
