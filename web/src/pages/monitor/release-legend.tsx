import { useComputedColorScheme } from '@mantine/core';
import { lookOf } from '../../components/iteration-look.ts';
import type { ReleaseSeries } from './slices.ts';
import classes from './trends.module.css';

const shapes = {
  circle: 'M 13 8 m -4.5 0 a 4.5 4.5 0 1 0 9 0 a 4.5 4.5 0 1 0 -9 0',
  triangle: 'M 13 3 L 18 12 L 8 12 Z',
  rect: 'M 9 4 H 17 V 12 H 9 Z',
  rectRot: 'M 13 2.5 L 18.5 8 L 13 13.5 L 7.5 8 Z',
};

type Props = {
  series: readonly Pick<ReleaseSeries, 'release' | 'look'>[];
  nameOf: (release: number | null) => string;
  label: string;
};

/** Which sign is which release's, in all charts. */
export function ReleaseLegend({ series, nameOf, label }: Props) {
  const scheme = useComputedColorScheme('light');
  return (
    <ul className={classes.legend} aria-label={label}>
      {series.map(({ release, look }) => {
        const { colour, sign } = lookOf({ look, split: 'dev' }, scheme);
        return (
          <li key={release}>
            <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
              <path d="M 0 8 H 26" stroke={colour} strokeWidth="1.5" />
              <path d={shapes[sign]} fill={colour} />
            </svg>
            {nameOf(release)}
          </li>
        );
      })}
    </ul>
  );
}
