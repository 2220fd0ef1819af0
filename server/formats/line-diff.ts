type Edit = { kind: ' ' | '-' | '+'; text: string };

const contextLines = 3;

/** The difference of two texts by line, in the unified format; empty where they are equal. */
export function unifiedDiff(before: { name: string; text: string }, after: { name: string; text: string }): string {
  const edits = diffLines(linesOf(before.text), linesOf(after.text));
  const hunks = hunksOf(edits);
  if (hunks.length === 0) return '';
  return [`--- ${before.name}`, `+++ ${after.name}`, ...hunks].join('\n').concat('\n');
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

/** A shortest edit script, from the lengths of longest common subsequences of the remainders. */
function diffLines(a: readonly string[], b: readonly string[]): Edit[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const common = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      edits.push({ kind: ' ', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || common(i + 1, j) >= common(i, j + 1))) {
      edits.push({ kind: '-', text: left });
      i += 1;
    } else {
      edits.push({ kind: '+', text: right ?? '' });
      j += 1;
    }
  }
  return edits;
}

function hunksOf(edits: readonly Edit[]): string[] {
  const changed = edits.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]));
  const hunks: { from: number; to: number }[] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    const to = Math.min(edits.length, index + contextLines + 1);
    if (last !== undefined && index - contextLines <= last.to) last.to = to;
    else hunks.push({ from: Math.max(0, index - contextLines), to });
  }
  return hunks.map(({ from, to }) => {
    const lines = edits.slice(from, to);
    const count = (parts: readonly Edit[], other: Edit['kind']) => parts.filter(({ kind }) => kind !== other).length;
    const [above, within] = [edits.slice(0, from), lines];
    // A hunk without lines on one side is said to stand after the line before it (POSIX diff, unified format).
    const range = (other: Edit['kind']) =>
      `${count(above, other) + (count(within, other) === 0 ? 0 : 1)},${count(within, other)}`;
    return [`@@ -${range('+')} +${range('-')} @@`, ...lines.map(({ kind, text }) => kind + text)].join('\n');
  });
}
