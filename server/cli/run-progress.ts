import { MultiBar, Presets } from 'cli-progress';
import type { RunEvent } from '../domain/run-event.ts';
import { formatCount, formatDuration, formatPercent, formatUsd } from './format.ts';
import { note } from './output.ts';
import { linesEveryMs, progressBar } from './progress-bar.ts';

export type RunProgress = {
  show(event: RunEvent): void;
  /** A line above the bar. */
  note(text: string): void;
  end(): void;
};
type Snapshot = Extract<RunEvent, { type: 'progress' }>;

/** Shows on stderr how far a run is: a bar in a terminal, else a line every few seconds. */
export const startRunProgress = (total: number): RunProgress =>
  process.stderr.isTTY ? barProgress(total) : lineProgress();

function barProgress(total: number): RunProgress {
  const bars = new MultiBar(progressBar, Presets.shades_classic);
  const bar = bars.create(total, 0, { state: '' });
  const noteAbove = (text: string) => bars.log(`${text}\n`);
  return {
    show(event) {
      if (event.type === 'progress') bar.update(event.summary.done, { state: stateOf(event) });
      else if (event.type === 'note') noteAbove(event.text);
    },
    note: noteAbove,
    end: () => bars.stop(),
  };
}

function lineProgress(): RunProgress {
  let printedAt = performance.now();
  return {
    show(event) {
      if (event.type === 'note') note(event.text);
      if (event.type !== 'progress' || event.status !== 'running') return;
      if (performance.now() - printedAt < linesEveryMs) return;
      printedAt = performance.now();
      note(`${formatCount(event.summary.done)} of ${formatCount(event.summary.total)}  ${stateOf(event)}`);
    },
    note,
    end() {},
  };
}

function stateOf({ summary, remainingMs }: Snapshot): string {
  const parts = [
    `${formatCount(summary.passed)} passed`,
    `${formatCount(summary.failed)} failed`,
    `${formatCount(summary.errors)} errors`,
    formatPercent(summary.passRate),
    ...(remainingMs === null ? [] : [`${formatDuration(remainingMs)} left`]),
    `${formatCount(summary.inputTokens + summary.outputTokens)} tokens`,
    ...(summary.costUsd === null ? [] : [formatUsd(summary.costUsd)]),
  ];
  return parts.join(' · ');
}
