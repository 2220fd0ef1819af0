import { acceptCompletion } from '@codemirror/autocomplete';
import { indentWithTab } from '@codemirror/commands';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { keymap, lineNumbers, placeholder as placeholderText } from '@codemirror/view';
import { EditorView, minimalSetup } from 'codemirror';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { templateCompletion } from './code-completion.ts';
import type { CodeEditorProps } from './code-editor.tsx';
import { markedLines, templateTagMarks } from './code-marks.ts';
import { editorTheme } from './code-theme.ts';

/** The editor itself, in a chunk of its own. Its document leads; a value from outside replaces it only where it differs. */
export function CodeMirror({
  label,
  value,
  onChange,
  describedBy,
  known,
  offered = [],
  problemLines = [],
  hintLines = [],
  placeholder = '',
}: CodeEditorProps) {
  const { t } = useTranslation('prompts');
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const marks = useRef(new Compartment());
  // Apart from the marks, which come while a list of completions is open.
  const completion = useRef(new Compartment());
  const attributes = useRef(new Compartment());
  const changed = useEffectEvent((text: string) => onChange(text));
  const first = useEffectEvent(() => ({ text: value, isTemplate: known !== undefined }));

  const markKey = JSON.stringify([known, problemLines, hintLines]);
  const offeredKey = JSON.stringify([known === undefined, offered]);
  const attributeKey = JSON.stringify([label, describedBy, placeholder, problemLines.length > 0]);
  const markExtensions = useEffectEvent(
    (): Extension => [
      markedLines(hintLines, 'hint'),
      markedLines(problemLines, 'problem'),
      known === undefined ? [] : templateTagMarks(known),
    ],
  );
  const completionExtension = useEffectEvent(
    (): Extension => (known === undefined ? [] : templateCompletion(offered, (helper) => t(`helper.${helper}`))),
  );
  const attributeExtensions = useEffectEvent(
    (): Extension => [
      placeholderText(placeholder),
      EditorView.contentAttributes.of({
        'aria-label': label,
        ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
        'aria-invalid': String(problemLines.length > 0),
      }),
    ],
  );

  useEffect(() => {
    const { text, isTemplate } = first();
    const extensions = [
      minimalSetup,
      lineNumbers(),
      EditorView.lineWrapping,
      // In a template Tab goes on, as everywhere on the page, unless something is offered.
      keymap.of([isTemplate ? { key: 'Tab', run: acceptCompletion } : indentWithTab]),
      editorTheme,
      EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
      marks.current.of([]),
      completion.current.of([]),
      attributes.current.of([]),
    ];
    const state = EditorState.create({ doc: text, extensions });
    const created = new EditorView({ state, parent: parent.current ?? undefined });
    view.current = created;
    return () => created.destroy();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what the extensions are made of
  useEffect(() => {
    view.current?.dispatch({ effects: marks.current.reconfigure(markExtensions()) });
  }, [markKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what the extension is made of
  useEffect(() => {
    view.current?.dispatch({ effects: completion.current.reconfigure(completionExtension()) });
  }, [offeredKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what the extensions are made of
  useEffect(() => {
    view.current?.dispatch({ effects: attributes.current.reconfigure(attributeExtensions()) });
  }, [attributeKey]);
  useEffect(() => {
    const { current } = view;
    if (current === null || current.state.doc.toString() === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={parent} />;
}
