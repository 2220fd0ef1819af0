import { useTranslation } from 'react-i18next';
import { ShownValue } from './shown-value.tsx';
import { shownValue, type Variables } from './subject.ts';
import classes from './value-list.module.css';

/** What a case gives and what it expects. */
export function ValueList({ variables, expected }: { variables: Variables; expected: Variables[string] }) {
  const { t } = useTranslation('prompts');
  return (
    <dl className={classes.root}>
      {Object.entries(variables).map(([name, value]) => (
        <div key={name}>
          <dt className="mono">{name}</dt>
          <dd className={classes.value}>
            <ShownValue value={value} />
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('subject.expected')}</dt>
        <dd className={classes.value}>{expected === null ? <span className="dim">–</span> : shownValue(expected)}</dd>
      </div>
    </dl>
  );
}
