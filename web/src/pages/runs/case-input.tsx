import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import classes from './result-panel.module.css';
import { Section } from './section.tsx';

type Variables = Answer<'GET /api/results/:id'>['variables'];

/** What a case gives to the prompt: its variables by name, or the value alone where there is one. */
export function CaseInput({ variables }: { variables: Variables }) {
  const { t } = useTranslation('runs');
  const entries = Object.entries(variables);
  if (entries.length === 0) return null;
  return (
    <Section title={t('result.input')}>
      {entries.map(([name, value]) => (
        <div key={name}>
          {entries.length > 1 && <div className={classes.role}>{name}</div>}
          <div className={classes.input} dir="auto">
            {typeof value === 'string' ? value : JSON.stringify(value, null, 1)}
          </div>
        </div>
      ))}
    </Section>
  );
}
