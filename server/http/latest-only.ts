export type LatestOnly<T> = {
  /** Hands the value over at once where the last one is long enough ago, else when it is, unless a newer one takes its place. */
  push(value: T): void;
  /** Drops what waits. */
  stop(): void;
};

/** A throttle, not a debounce: under a steady flow the newest value still comes through every `intervalMs`, and the last one always does. */
export function latestOnly<T>(intervalMs: number, handOver: (value: T) => void): LatestOnly<T> {
  let waiting: { value: T } | null = null;
  let timer: NodeJS.Timeout | null = null;
  const handOverWaiting = () => {
    timer = null;
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(handOverWaiting, intervalMs);
    handOver(value);
  };
  return {
    push(value) {
      waiting = { value };
      if (timer === null) handOverWaiting();
    },
    stop() {
      waiting = null;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
