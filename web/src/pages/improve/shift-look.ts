import { ArrowDown, ArrowUp, type LucideIcon, Minus } from 'lucide-react';
import type { CategoryTrend } from './trend-reading.ts';

export type Since = NonNullable<CategoryTrend['since']>;
type Verdict = Since['shifts'][number]['verdict'];
type Look = { tone: 'pass' | 'fail' | 'plain'; icon: LucideIcon; key: 'fewer' | 'more' | 'cantTell' };

/** How a verdict looks: fewer failures are better. */
export const looks: Readonly<Record<Verdict, Look>> = {
  fewer: { tone: 'pass', icon: ArrowDown, key: 'fewer' },
  more: { tone: 'fail', icon: ArrowUp, key: 'more' },
  "can't tell": { tone: 'plain', icon: Minus, key: 'cantTell' },
};
