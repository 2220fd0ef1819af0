import { ActionIcon, Button, Group, RangeSlider, SegmentedControl, Text } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from './format.ts';
import classes from './iteration-chart.module.css';
import type { View, Window } from './iteration-window.ts';

type Props = {
  view: View;
  onView: (view: View) => void;
  seen: Window;
  last: number;
  /** How many places are seen at first. */
  atFirst: number;
  onSeen: (seen: Window) => void;
};

/** Over a drawing of more iterations than can be told apart: what a point is, and which part of them is seen. */
export function IterationView({ view, onView, seen: [from, to], last, atFirst, onSeen }: Props) {
  const { t } = useTranslation('runs');
  const move = (by: number) => {
    const start = Math.min(Math.max(1, from + by), Math.max(1, last - (to - from)));
    onSeen([start, Math.min(last, start + (to - from))]);
  };
  const newest: Window = [Math.max(1, last - atFirst + 1), last];
  return (
    <div className={classes.view}>
      <SegmentedControl
        size="xs"
        aria-label={t('chart.view.label')}
        value={view}
        onChange={onView}
        data={(['runs', 'versions'] as const).map((value) => ({ value, label: t(`chart.view.${value}`) }))}
      />
      {last > atFirst && (
        <>
          <Group gap={4} wrap="nowrap">
            <Step label={t('chart.view.earlier')} disabled={from === 1} onClick={() => move(from - to - 1)}>
              <ChevronLeft size={14} aria-hidden />
            </Step>
            <Step label={t('chart.view.later')} disabled={to === last} onClick={() => move(to - from + 1)}>
              <ChevronRight size={14} aria-hidden />
            </Step>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onSeen(newest)}
              disabled={from === newest[0] && to === last}
            >
              {t('chart.view.newest', { count: atFirst })}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onSeen([1, last])}
              disabled={from === 1 && to === last}
            >
              {t('chart.view.all')}
            </Button>
          </Group>
          <Range key={`${from} ${to} ${last}`} view={view} seen={[from, to]} last={last} onSeen={onSeen} />
        </>
      )}
    </div>
  );
}

type StepProps = { label: string; disabled: boolean; onClick: () => void; children: React.ReactNode };

const Step = ({ label, disabled, onClick, children }: StepProps) => (
  <ActionIcon variant="default" size={22} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
    {children}
  </ActionIcon>
);

/** The part that is seen, drawn anew when the hand rests. */
function Range({ view, seen, last, onSeen }: Omit<Props, 'onView' | 'atFirst'>) {
  const { t } = useTranslation('runs');
  const [[from, to], setMoved] = useState(seen);
  return (
    <div className={classes.range}>
      <Text size="xs" c="dimmed" role="status">
        {t(`chart.view.seen.${view}`, { from: formatNumber(from), to: formatNumber(to), last: formatNumber(last) })}
      </Text>
      <RangeSlider
        size="sm"
        min={1}
        max={last}
        minRange={4}
        label={null}
        thumbFromLabel={t('chart.view.from')}
        thumbToLabel={t('chart.view.to')}
        value={[from, to]}
        onChange={setMoved}
        onChangeEnd={onSeen}
      />
    </div>
  );
}
