import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import type { Plan } from './run-plan.tsx';

/** To the costs of production calls that are as large as the run's are expected to be. */
export function CostLink({ project, plan }: { project: string; plan: Plan }) {
  const { t } = useTranslation('costs');
  const calls = plan.calls - plan.cachedCalls;
  const mean = (tokens: number) => Math.round(tokens / calls);
  return (
    <AnchorLink
      to="/projects/$project/costs"
      params={{ project }}
      // Where the cache answers all, nothing is estimated.
      search={calls === 0 ? {} : { from: 'tokens', in: mean(plan.inputTokens), out: mean(plan.outputTokens) }}
      size="sm"
      underline="always"
    >
      {t('planThese')}
    </AnchorLink>
  );
}
