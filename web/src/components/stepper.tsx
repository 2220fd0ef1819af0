import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { NextStep } from './next-step.tsx';
import { StageIcon } from './stage-icon.tsx';
import classes from './stepper.module.css';

type Spine = Answer<'GET /api/projects/:project'>['spine'];
type Stage = Spine['stages'][number];

/** Where the work of a stage is done. */
const pages = {
  scope: '/projects/$project/scope',
  prototype: '/projects/$project/prompts',
  evaluate: '/projects/$project/runs',
  improve: '/projects/$project/improve',
  deploy: '/projects/$project/releases',
} as const satisfies Record<Stage['stage'], string>;

/** The spine of a project: its five stages with what each stands on, and the next useful step. `full` gives the evidence room on small screens too. */
export function Stepper({ project, spine, full = false }: { project: string; spine: Spine; full?: boolean }) {
  const { t } = useTranslation('projects');
  return (
    <nav aria-label={t('spine.label')} className={classes.root} data-full={full}>
      <ol className={classes.stages}>
        {spine.stages.map((stage) => (
          <StageStep key={stage.stage} project={project} stage={stage} />
        ))}
      </ol>
      <NextStep project={project} next={spine.next} />
    </nav>
  );
}

function StageStep({ project, stage: { stage, state, evidence } }: { project: string; stage: Stage }) {
  const { t } = useTranslation('projects');
  const words = t(`spine.evidence.${evidence.code}`, evidence.values);
  return (
    <li className={classes.stage} data-state={state}>
      <Link to={pages[stage]} params={{ project }} className={classes.link} title={words}>
        <StageIcon state={state} />
        <span className={classes.name}>{t(`spine.stage.${stage}`)}</span>{' '}
        <span className={classes.state}>{t(`spine.state.${state}`)}</span>
      </Link>
      <span className={classes.evidence}>{words}</span>
    </li>
  );
}
