import classes from './command-block.module.css';
import { CopyButton } from './copy-button.tsx';

/** A command to copy into a terminal or a program. */
export function CommandBlock({ command, label }: { command: string; label: string }) {
  return (
    <div className={classes.root}>
      {/* biome-ignore lint/a11y: a box that scrolls must be reached by the keyboard, and is neither a landmark nor a fieldset */}
      <pre role="group" aria-label={label} tabIndex={0} className={classes.command}>
        {command}
      </pre>
      <CopyButton text={command} />
    </div>
  );
}
