import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { type EditorView, tooltips } from '@codemirror/view';

/** A variable with what is said of it beside its name. */
export type OfferedVariable = { name: string; detail: string };

/** What is written between the tags of a block stands behind the helper's name. */
const blocks = ['if', 'unless', 'each', 'with'] as const;
const helpers = [
  { label: 'default', text: 'default  ""', cursor: 'default '.length, takes: true },
  { label: 'json', text: 'json ', cursor: 'json '.length, takes: true },
  { label: 'else', text: 'else', cursor: 'else'.length, takes: false },
  { label: 'this', text: 'this', cursor: 'this'.length, takes: false },
] as const;
type HelperName = (typeof blocks)[number] | (typeof helpers)[number]['label'];

const NAME = /[\p{L}\p{N}_.-]*$/u;
const BEGUN = /\{\{\s*#?[\p{L}\p{N}_.-]*/u;
const BEHIND_HELPER = new RegExp(`\\{\\{\\s*(?:#?(?:${blocks.join('|')})|default|json)\\s+[\\p{L}\\p{N}_.-]*`, 'u');

/** Offers variables and helpers after `{{`, and variables after a helper; the braces and the end of a block are closed with them. */
export function templateCompletion(
  variables: readonly OfferedVariable[],
  explain: (helper: HelperName) => string,
): Extension {
  const names: Completion[] = variables.map(({ name, detail }) => ({ label: name, detail, type: 'variable' }));
  const options: Completion[] = [
    ...variables.map(({ name, detail }) =>
      completion({ label: name, detail, type: 'variable', boost: 2 }, { text: name, cursor: name.length }),
    ),
    ...blocks.map((name) =>
      completion(
        { label: `#${name}`, detail: explain(name), type: 'keyword', boost: 1 },
        { text: `#${name} `, cursor: name.length + 2, end: `{{/${name}}}`, takes: true },
      ),
    ),
    ...helpers.map(({ label, ...insertion }) =>
      completion({ label, detail: explain(label), type: 'function' }, insertion),
    ),
  ];
  const source = (context: CompletionContext): CompletionResult | null => {
    const behind = context.matchBefore(BEHIND_HELPER);
    if (behind !== null) {
      const typed = NAME.exec(behind.text)?.[0] ?? '';
      return { from: behind.to - typed.length, options: names, validFor: NAME };
    }
    const begun = context.matchBefore(BEGUN);
    if (begun === null) return null;
    const from = begun.from + (/^\{\{\s*/.exec(begun.text)?.[0].length ?? 0);
    return { from, options, validFor: /^#?[\p{L}\p{N}_.-]*$/u };
  };
  // Outside of the field, which cuts off what is larger than it, and within the landmark of the page.
  const parent = document.querySelector('main') ?? document.body;
  return [autocompletion({ override: [source], icons: false }), tooltips({ parent })];
}

/** `cursor`: where in the text it stands then; `takes`: a variable follows, which is offered at once. */
type Insertion = { text: string; cursor: number; end?: string; takes?: boolean };

function completion(shown: Completion, { text, cursor, end = '', takes = false }: Insertion): Completion {
  const apply = (view: EditorView, _: Completion, from: number, to: number) => {
    const closed = /^\s*\}\}/.test(view.state.sliceDoc(to, to + 10));
    view.dispatch({
      changes: { from, to, insert: closed ? text : `${text}}}${end}` },
      selection: { anchor: from + cursor + (closed || end !== '' || cursor < text.length ? 0 : 2) },
      userEvent: 'input.complete',
    });
    if (takes) startCompletion(view);
  };
  return { ...shown, apply };
}
