import type { LucideIcon } from 'lucide-react';
import classes from './badge.module.css';

/** Meanings that have a colour of their own in both themes. */
export type Tone = 'pass' | 'fail' | 'none' | 'error' | 'info' | 'plain';

type Props = { tone: Tone; icon: LucideIcon; text: string; title?: string };

/** A short word with a sign: the tone colours it, the icon and the word say it. */
export function ToneBadge({ tone, icon: Icon, text, title }: Props) {
  return (
    <span className={`${classes.root} ${classes[tone]}`} title={title}>
      <Icon size={13} aria-hidden />
      {text}
    </span>
  );
}
