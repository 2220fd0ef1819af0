import { CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './scope.module.css';

/** Whether something was said; nothing has to be. */
export function FilledSign({ filled }: { filled: boolean }) {
  const { t } = useTranslation('scope');
  const Icon = filled ? CircleCheck : CircleDashed;
  return (
    <span className={classes.sign} data-filled={filled}>
      <Icon size={14} aria-hidden /> {t(filled ? 'filled' : 'stillEmpty')}
    </span>
  );
}
