import { EditorView } from 'codemirror';

/** The look of every editor: by the page's own variables, so that it follows light and dark. */
export const editorTheme = EditorView.theme({
  '&': {
    backgroundColor: 'var(--w-raised)',
    color: 'var(--mantine-color-text)',
    fontSize: 'var(--mantine-font-size-sm)',
  },
  '&.cm-focused': { outline: '2px solid var(--mantine-color-anchor)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)', padding: '6px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    border: 'none',
    color: 'var(--mantine-color-dimmed)',
  },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--mantine-color-anchor) 28%, transparent)',
  },
  '.cm-template-tag': {
    backgroundColor: 'var(--w-info-ground)',
    borderRadius: '3px',
    color: 'var(--w-info)',
  },
  '.cm-template-unknown': {
    backgroundColor: 'var(--w-none-ground)',
    color: 'var(--w-none)',
    textDecoration: 'underline wavy',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--w-raised)',
    border: '1px solid var(--w-line)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--w-info-ground)',
    color: 'var(--w-info)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: 'min(50vh, 24em)', maxWidth: 'min(95vw, 560px)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionDetail': {
    color: 'var(--mantine-color-dimmed)',
    fontFamily: 'var(--mantine-font-family)',
    fontStyle: 'normal',
    marginLeft: '12px',
  },
  '.cm-hint-line': { boxShadow: 'inset 3px 0 var(--w-none)' },
  '.cm-problem-line': { backgroundColor: 'var(--w-fail-ground)', boxShadow: 'inset 3px 0 var(--w-fail)' },
});
