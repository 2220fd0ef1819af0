import { type Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { templateTags } from './prompt-version.ts';

const tag = Decoration.mark({ class: 'cm-template-tag' });
const unknownTag = Decoration.mark({ class: 'cm-template-tag cm-template-unknown' });
const lineMarks = {
  problem: Decoration.line({ class: 'cm-problem-line' }),
  hint: Decoration.line({ class: 'cm-hint-line' }),
};
/** A tag that is nothing but the name of a variable. */
const plainName = /^\{\{\{?\s*([\p{L}\p{N}_-]+)\s*\}?\}\}$/u;
/** Within `each` these are no variables of the case. */
const inBlock = new Set(['this', 'else']);

/** Sets the tags of a template apart; a variable that is not among `known` is underlined. Null: nothing is known yet. */
export function templateTagMarks(known: readonly string[] | null): Extension {
  const isUnknown = (text: string) => {
    const name = plainName.exec(text)?.[1];
    return known !== null && name !== undefined && !inBlock.has(name) && !known.includes(name);
  };
  const decorator = new MatchDecorator({
    regexp: new RegExp(templateTags.source, 'g'),
    decoration: ([text]) => (isUnknown(text) ? unknownTag : tag),
  });
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        decorations: decorator.createDeco(view),
        update(update: ViewUpdate) {
          plugin.decorations = decorator.updateDeco(update, plugin.decorations);
        },
      };
      return plugin;
    },
    { decorations: ({ decorations }) => decorations },
  );
}

/** Marks lines (from 1): on which something is wrong, or of which something is worth knowing. */
export function markedLines(lines: readonly number[], kind: keyof typeof lineMarks): Extension {
  const wanted = [...new Set(lines)].toSorted((a, b) => a - b);
  return EditorView.decorations.compute(['doc'], ({ doc }): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>();
    for (const number of wanted) {
      if (number < 1 || number > doc.lines) continue;
      const { from } = doc.line(number);
      builder.add(from, from, lineMarks[kind]);
    }
    return builder.finish();
  });
}
