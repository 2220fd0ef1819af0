import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { type EditorView, tooltips } from '@codemirror/view';

/** Blocks with what is written between their tags and where the cursor goes: behind the helper's name. */
const blocks = ['if', 'unless', 'each', 'with'];
const helpers = [
  { label: 'default', text: 'default  ""', cursor: 'default '.length },
  { label: 'json', text: 'json ', cursor: 'json '.length },
  { label: 'else', text: 'else', cursor: 'else'.length },
  { label: 'this', text: 'this', cursor: 'this'.length },
];

/** Offers variables and helpers after `{{`; the braces and the end of a block are closed with them. */
export function templateCompletion(variables: readonly string[]): Extension {
  const options: Completion[] = [
    ...variables.map((name) => completion(name, 'variable', name, name.length, 2)),
    ...blocks.map((name) => completion(`#${name}`, 'keyword', `#${name} `, name.length + 2, 1, `{{/${name}}}`)),
    ...helpers.map(({ label, text, cursor }) => completion(label, 'function', text, cursor, 0)),
  ];
  const source = (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\{\{\s*#?[\p{L}\p{N}_.-]*/u);
    if (typed === null) return null;
    const from = typed.from + (/^\{\{\s*/.exec(typed.text)?.[0].length ?? 0);
    return { from, options, validFor: /^#?[\p{L}\p{N}_.-]*$/u };
  };
  // On the page itself: the field cuts off what is larger than it.
  return [autocompletion({ override: [source], icons: false }), tooltips({ parent: document.body })];
}

function completion(label: string, type: string, text: string, cursor: number, boost: number, end = ''): Completion {
  const apply = (view: EditorView, _: Completion, from: number, to: number) => {
    const closed = /^\s*\}\}/.test(view.state.sliceDoc(to, to + 10));
    view.dispatch({
      changes: { from, to, insert: closed ? text : `${text}}}${end}` },
      selection: { anchor: from + cursor + (closed || end !== '' || cursor < text.length ? 0 : 2) },
      userEvent: 'input.complete',
    });
  };
  return { label, type, boost, apply };
}
