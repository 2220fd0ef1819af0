import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../server/formats/line-diff.ts';

const diff = (before: string, after: string) => unifiedDiff({ name: 'v1', text: before }, { name: 'v2', text: after });

describe('unifiedDiff', () => {
  it('is empty where nothing changed', () => {
    expect(diff('a\nb\n', 'a\nb\n')).toBe('');
  });

  it('shows changes with three lines around, in hunks', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    const changed = lines.with(1, 'second').toSpliced(18, 1);
    expect(diff(lines.join('\n'), changed.join('\n'))).toBe(`--- v1
+++ v2
@@ -1,5 +1,5 @@
 line 1
-line 2
+second
 line 3
 line 4
 line 5
@@ -16,5 +16,4 @@
 line 16
 line 17
 line 18
-line 19
 line 20
`);
  });

  it('gives the later text when it is applied to the earlier one', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '- d', '+ e'), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = diff(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
        expect(apply(before, patch)).toEqual(after);
      }),
    );
  });
});

/** Applies a unified diff the way `patch` does: by the line numbers of its hunks. */
function apply(before: readonly string[], patch: string): string[] {
  const result: string[] = [];
  let at = 0;
  for (const hunk of patch.split(/^@@ /m).slice(1)) {
    const [header = '', ...lines] = hunk.replace(/\n$/, '').split('\n');
    const [start = 0, count = 0] = (/-(\d+),(\d+)/.exec(header) ?? []).slice(1).map(Number);
    const first = count === 0 ? start : start - 1;
    result.push(...before.slice(at, first));
    at = first;
    for (const line of lines) {
      if (!line.startsWith('-')) result.push(line.slice(1));
      if (line.startsWith('+')) continue;
      expect(before[at] ?? '').toBe(line.slice(1));
      at += 1;
    }
  }
  return [...result, ...before.slice(at)];
}
