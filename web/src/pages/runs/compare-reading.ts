import type { Answer } from '../../../../server/http/contract/index.ts';

export type Compared = Answer<'GET /api/compare/:a/:b'>;
export type ComparedCase = Compared['cases'][number];
export type Group = ComparedCase['group'];

/** Broken and fixed first: they are what a comparison is about. */
export const groups = ['broken', 'fixed', 'bothFail', 'bothPass'] as const satisfies Group[];

/** What of a difference is only that outputs became readable, or stopped being so. */
export type FormatShare =
  | { type: 'none' }
  /** Of the cases fixed (or broken), so many had no answer before (or have none now). `alone`: without them nothing is left of it. */
  | { type: 'gain' | 'loss'; count: number; of: number; alone: boolean };

type PairedOutcome = Pick<ComparedCase, 'group'> & Record<'a' | 'b', Pick<ComparedCase['a'], 'outcome'>>;

export function formatShare(cases: readonly PairedOutcome[]): FormatShare {
  const fixed = cases.filter(({ group }) => group === 'fixed');
  const broken = cases.filter(({ group }) => group === 'broken');
  const nowReadable = fixed.filter(({ a }) => a.outcome === 'no_answer').length;
  const nowUnreadable = broken.filter(({ b }) => b.outcome === 'no_answer').length;
  const ofJudgement = fixed.length - nowReadable - (broken.length - nowUnreadable);
  if (fixed.length > broken.length && nowReadable > nowUnreadable) {
    return { type: 'gain', count: nowReadable, of: fixed.length, alone: ofJudgement <= 0 };
  }
  if (broken.length > fixed.length && nowUnreadable > nowReadable) {
    return { type: 'loss', count: nowUnreadable, of: broken.length, alone: ofJudgement >= 0 };
  }
  return { type: 'none' };
}

/** Whether the two runs answered a case differently, in words or in what became of it. */
export const differ = ({ a, b }: ComparedCase): boolean => a.outcome !== b.outcome || a.output !== b.output;
