import { EditorView } from 'codemirror';

const changedText = (color: string) => ({
  background: `color-mix(in srgb, var(${color}) 16%, transparent)`,
  textDecoration: `underline color-mix(in srgb, var(${color}) 60%, transparent)`,
  textUnderlineOffset: '3px',
});
const sign = (content: string, color: string) => ({
  background: 'none !important',
  color: `var(${color})`,
  '&::before': { content: `"${content}"` },
});

/** What was removed and added: by ground, by a sign in the margin, and in the text itself by a line below. */
export const diffTheme = EditorView.theme({
  '.cm-changeGutter': { fontWeight: '700', paddingLeft: '6px', textAlign: 'center', width: '16px' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--w-fail-ground)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine, .cm-insertedLine': { backgroundColor: 'var(--w-pass-ground)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': changedText('--w-fail'),
  '&.cm-merge-b .cm-changedText': changedText('--w-pass'),
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': sign('−', '--w-fail'),
  '&.cm-merge-b .cm-changedLineGutter': sign('+', '--w-pass'),
  '.cm-collapsedLines': {
    background: 'var(--w-sunken)',
    color: 'var(--mantine-color-dimmed)',
    fontSize: 'var(--mantine-font-size-xs)',
    // The default is a sign that most fonts lack.
    '&:before, &:after': { content: '"⋯"' },
  },
});
