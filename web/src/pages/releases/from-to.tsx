import { MoveRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import classes from './from-to.module.css';

/** A release by what it is of; `number` counts the releases of the prompt. */
export type Pointed = { number: number; version: number };
type Props = { project: string; prompt: string; from: Pointed | null; to: Pointed };

/** From where to where a label moves, with the way to what that changes in the prompt. */
export function FromTo({ project, prompt, from, to }: Props) {
  const { t } = useTranslation('releases');
  return (
    <div className={classes.root}>
      <span className={from === null ? 'dim' : undefined}>
        {from === null ? t('move.fromNowhere') : t('releaseOfVersion', from)}
      </span>
      <MoveRight size={16} aria-label={t('move.to')} />
      <strong>{t('releaseOfVersion', to)}</strong>
      {from !== null && from.version !== to.version && (
        <AnchorLink
          to="/projects/$project/prompts/$prompt/diff"
          params={{ project, prompt }}
          search={{ from: from.version, to: to.version }}
          size="sm"
        >
          {t('move.diff')}
        </AnchorLink>
      )}
      {from !== null && from.version === to.version && from.number !== to.number && (
        <span className="dim">{t('move.sameVersion')}</span>
      )}
    </div>
  );
}
