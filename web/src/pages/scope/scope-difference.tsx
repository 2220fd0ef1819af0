import { useTranslation } from 'react-i18next';
import { formatDuration, formatMoney, formatPercent } from '../../components/format.ts';
import { ExampleDifference, MinimumDifference } from './list-difference.tsx';
import classes from './scope-difference.module.css';
import { differingFields, type Scope, type ScopeField, scopeFieldNames } from './scope-draft.ts';
import { WordDifference } from './word-difference.tsx';

type Side = { label: string; scope: Scope };
type Props = {
  from: Side;
  to: Side;
  /** Shows the fields that are the same too. */
  all?: boolean;
};

/** What two scopes differ in, field by field: texts with their words marked, lists by their rows. */
export function ScopeDifference({ from, to, all = false }: Props) {
  const { t } = useTranslation('scope');
  const differing = differingFields(from.scope, to.scope);
  return (
    <dl className={classes.fields}>
      {(all ? scopeFieldNames : differing).map((field) => (
        <div key={field} className={classes.field}>
          <dt>
            {t(`field.${field}`)}
            {!differing.includes(field) && <span className="dim"> · {t('diff.unchanged')}</span>}
          </dt>
          <dd>
            <FieldDifference field={field} from={from} to={to} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FieldDifference({ field, from, to }: { field: ScopeField; from: Side; to: Side }) {
  const textOf = useFieldText();
  if (field === 'examples') return <ExampleDifference from={from.scope} to={to.scope} />;
  if (field === 'minimumsByTag') return <MinimumDifference from={from.scope} to={to.scope} />;
  return (
    <WordDifference
      before={textOf(field, from.scope)}
      after={textOf(field, to.scope)}
      labels={{ before: from.label, after: to.label }}
      asOne={typeof from.scope[field] !== 'string'}
    />
  );
}

/** Fields that are no lists, as a person reads them; nothing where they are empty. */
function useFieldText() {
  const { t } = useTranslation('scope');
  return (field: Exclude<ScopeField, 'examples' | 'minimumsByTag'>, scope: Scope): string => {
    switch (field) {
      case 'dataMayLeave':
        return t(scope.dataMayLeave ? 'diff.mayLeave' : 'diff.stays');
      case 'targetPassRate':
        return scope.targetPassRate === null ? '' : formatPercent(scope.targetPassRate);
      case 'maxCostUsdPer1000Calls':
        return scope.maxCostUsdPer1000Calls === null ? '' : formatMoney(scope.maxCostUsdPer1000Calls);
      case 'maxLatencyP95Ms':
        return scope.maxLatencyP95Ms === null ? '' : formatDuration(scope.maxLatencyP95Ms);
      default:
        return scope[field];
    }
  };
}
