import type { ReactNode } from 'react';
import classes from './boxed-table.module.css';

/** A short table of figures, read and not sorted, in a box that scrolls where there is no room. */
export const BoxedTable = ({
  label,
  className = '',
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) => (
  // biome-ignore lint/a11y: a box that scrolls must be reached by the keyboard, and is neither a landmark nor a fieldset
  <div className={classes.box} role="group" aria-label={label} tabIndex={0}>
    <table className={`${classes.table} ${className}`}>{children}</table>
  </div>
);
