import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, minimalSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import { editorTheme } from './code-theme.ts';
import { diffTheme } from './diff-theme.ts';

export type DiffSide = { label: string; text: string };
/** `folded` says of lines that are not shown how many they are, with $ for the number. */
export type DiffViewProps = { from: DiffSide; to: DiffSide; unified: boolean; folded: string };

/** Lines around a change that stay in view. */
const MARGIN = 3;
const MIN_COLLAPSED = 6;

/** Two texts with what differs, side by side or as one. */
export function DiffView({ from, to, unified, folded }: DiffViewProps) {
  const parent = useRef<HTMLDivElement>(null);
  const { label: fromLabel, text: fromText } = from;
  const { label: toLabel, text: toText } = to;
  useEffect(() => {
    const { current } = parent;
    if (current === null) return;
    const collapseUnchanged = { margin: MARGIN, minSize: MIN_COLLAPSED };
    if (unified) {
      const merge = unifiedMergeView({ original: fromText, mergeControls: false, collapseUnchanged });
      const view = new EditorView({ doc: toText, extensions: [readOnly(toLabel, folded), merge], parent: current });
      return () => view.destroy();
    }
    const view = new MergeView({
      a: { doc: fromText, extensions: readOnly(fromLabel, folded) },
      b: { doc: toText, extensions: readOnly(toLabel, folded) },
      parent: current,
      collapseUnchanged,
    });
    return () => view.destroy();
  }, [fromLabel, fromText, toLabel, toText, unified, folded]);
  return <div ref={parent} />;
}

const readOnly = (label: string, folded: string): Extension => [
  minimalSetup,
  EditorState.readOnly.of(true),
  EditorState.phrases.of({ '$ unchanged lines': folded }),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' }),
  editorTheme,
  diffTheme,
];
