import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import type { StartSearch } from '../app/routes/start.ts';
import classes from './next-step.module.css';

/** Where on the page that leads from the scope to a first version. */
const steps: Readonly<Record<string, StartSearch>> = {
  write_prompt: { step: 'prompt' },
  first_cases: { step: 'cases' },
};

type Props = { project: string; next: Answer<'GET /api/projects/:project'>['spine']['next'] };

/** The step that helps a project most now, as a link to where it is taken. */
export function NextStep({ project, next: { step, page } }: Props) {
  const { t } = useTranslation('projects');
  return (
    <p className={classes.root}>
      <span className="dim">{t('spine.nextLabel')}</span>{' '}
      <Link
        to={`/projects/$project/${page}`}
        params={{ project }}
        search={step.values.request === undefined ? steps[step.code] : { request: Number(step.values.request) }}
      >
        {t(`spine.next.${step.code}`, step.values)}
        <ArrowRight size={14} aria-hidden />
      </Link>
    </p>
  );
}
