import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { OfferedVariable } from './code-completion.ts';
import classes from './code-editor.module.css';

export type CodeEditorProps = {
  /** Its accessible name. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Id of the text that says how to leave it by keyboard. */
  describedBy?: string;
  /** Variables that the chosen case gives; null where no case is chosen. Only for templates. */
  known?: readonly string[] | null;
  /** Variables that are offered while a template is written. */
  offered?: readonly OfferedVariable[];
  /** Lines, from 1, on which something is wrong. */
  problemLines?: readonly number[];
  /** Lines, from 1, of which something is worth knowing. */
  hintLines?: readonly number[];
  placeholder?: string;
};

const CodeMirror = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirror }));

/** An editor for templates and JSON. In a template Tab takes what is offered, else leaves it; in JSON it indents, and Escape, then Tab leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <div className={classes.root}>
      <Suspense fallback={<Skeleton height={34} />}>
        <CodeMirror {...props} />
      </Suspense>
    </div>
  );
}
