import { Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './chart-frame.module.css';

type Props = {
  title: string;
  /** What the chart shows in a sentence, with its n. */
  summary: ReactNode;
  actions?: ReactNode;
  /** The drawing; it fills the frame's box. */
  chart: ReactNode;
  /** The same numbers as a table: nothing is said by the drawing alone. */
  table: ReactNode;
  height?: number;
};

/** A chart with its table below: the table is what screen readers, keyboards and those who doubt a drawing read. */
export function ChartFrame({ title, summary, actions, chart, table, height = 300 }: Props) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id}>
      <div className={classes.head}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {summary}
          </Text>
        </div>
        {actions}
      </div>
      <div className={classes.chart} style={{ height }}>
        {chart}
      </div>
      {table}
    </Paper>
  );
}
