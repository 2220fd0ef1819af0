import { Presets, SingleBar } from 'cli-progress';
import type { LocalModelState } from '../domain/local-model.ts';
import { formatMegabytes } from './format.ts';
import { note } from './output.ts';
import { linesEveryMs, progressBar } from './progress-bar.ts';

export type FetchProgress = { show(state: LocalModelState): void; end(): void };

/** Shows on stderr how far a model's file is: a bar in a terminal, else a line every few seconds. */
export const startFetchProgress = (): FetchProgress => (process.stderr.isTTY ? barProgress() : lineProgress());

function barProgress(): FetchProgress {
  const bar = new SingleBar(progressBar, Presets.shades_classic);
  bar.start(1, 0, { state: 'starting' });
  return {
    show(state) {
      if (state.type === 'checking') bar.update({ state: 'checking its SHA-256' });
      if (state.type !== 'fetching') return;
      bar.setTotal(state.totalBytes);
      bar.update(state.receivedBytes, { state: stateOf(state) });
    },
    end: () => bar.stop(),
  };
}

function lineProgress(): FetchProgress {
  let source = '';
  let printedAt = 0;
  return {
    show(state) {
      if (state.type === 'checking') note('Checking its SHA-256 …');
      if (state.type !== 'fetching' || state.source === '') return;
      if (state.source === source && performance.now() - printedAt < linesEveryMs) return;
      source = state.source;
      printedAt = performance.now();
      note(stateOf(state));
    },
    end() {},
  };
}

const stateOf = ({ source, receivedBytes, totalBytes }: Extract<LocalModelState, { type: 'fetching' }>): string =>
  `${formatMegabytes(receivedBytes)} of ${formatMegabytes(totalBytes)} from ${source}`;
