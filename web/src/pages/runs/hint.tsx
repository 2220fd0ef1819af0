import { Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './hint.module.css';

/** What one should know before believing a number beside it. */
export function Hint({ icon: Icon = Info, children }: { icon?: LucideIcon; children: ReactNode }) {
  return (
    <div className={classes.root}>
      <Icon size={16} aria-hidden />
      <div>{children}</div>
    </div>
  );
}
