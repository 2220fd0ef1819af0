import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../components/format.ts';
import type { HoldoutSize } from './use-holdout-sizes.ts';

type Props = {
  sizes: readonly HoldoutSize[];
  /** What is asked of them. */
  target: number | null;
  /** Whether they are those with a tag. */
  tag?: boolean;
};

/** How many holdout cases there are for a target, and whether they could show it if all of them passed. */
export function HoldoutNote({ sizes, target, tag = false }: Props) {
  const { t } = useTranslation('scope');
  if (sizes.every(({ holdout }) => holdout === 0)) {
    return (
      <Text size="xs" c="var(--w-none)" mt={4}>
        {t(tag ? 'holdout.noTag' : 'holdout.none')}
      </Text>
    );
  }
  return sizes
    .filter(({ holdout }) => holdout > 0)
    .map(({ set, holdout, bound }) => {
      const short = target !== null && bound !== null && bound < target;
      const values = { set, count: holdout, bound: bound === null ? '–' : formatPercent(bound) };
      return (
        <Text key={set} size="xs" c={short ? 'var(--w-none)' : 'dimmed'} mt={4}>
          {t(short ? 'holdout.tooFew' : 'holdout.count', values)}
        </Text>
      );
    });
}
