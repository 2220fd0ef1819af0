import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { StageIcon } from './stage-icon.tsx';
import classes from './stage-marks.module.css';

type Props = { stages: Answer<'GET /api/projects/:project'>['spine']['stages'] };

/** The five stages of a project in one line, for lists: sign, name and, in words, the state. */
export function StageMarks({ stages }: Props) {
  const { t } = useTranslation('projects');
  return (
    <ul className={classes.root}>
      {stages.map(({ stage, state, evidence }) => (
        <li key={stage} title={t(`spine.evidence.${evidence.code}`, evidence.values)}>
          <StageIcon state={state} />
          {t(`spine.stage.${stage}`)} <span className="dim">{t(`spine.state.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}
