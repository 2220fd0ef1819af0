import type { PromptContent } from '../prompt.ts';
import { tagsOf } from './fixed-text.ts';
import type { PromptCheck } from './prompt-check.ts';

/** Variables that no case of the set gives, at their line, and those of the set that the prompt leaves out. */
export function checkVariableUse(
  { messages }: Pick<PromptContent, 'messages'>,
  used: readonly string[],
  given: readonly string[],
): PromptCheck[] {
  const unknown = used
    .filter((name) => !given.includes(name))
    .map((name): PromptCheck => {
      const known = closest(name, given);
      const values = { variable: name, ...(known !== null && { closest: known }), given: given.join(', ') };
      return { name: 'variable_unknown', level: 'warning', ...placeOf(messages, name), values };
    });
  const unused = given
    .filter((name) => !used.includes(name))
    .map((name): PromptCheck => {
      const values = { variable: name };
      return { name: 'variable_unused', level: 'hint', message: null, line: null, values };
    });
  return [...unknown, ...unused];
}

function placeOf(messages: PromptContent['messages'], name: string): { message: number | null; line: number | null } {
  for (const [message, given] of messages.entries()) {
    const found = tagsOf(given).find(({ text }) => text.split(/[^\p{L}\p{N}_-]+/u).includes(name));
    if (found !== undefined) return { message, line: found.line };
  }
  return { message: null, line: null };
}

const MOST_EDITS = 2;

/** The name that a slip of the finger would have made of it, if there is one. */
function closest(name: string, names: readonly string[]): string | null {
  const ranked = names.map((other) => ({ other, edits: editDistance(name.toLowerCase(), other.toLowerCase()) }));
  const [best] = ranked.toSorted((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.min(MOST_EDITS, name.length / 2) ? best.other : null;
}

/** Levenshtein's, in one row. */
function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0] ?? 0;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] ?? 0;
      const replaced = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(above + 1, (row[j - 1] ?? 0) + 1, replaced);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}
