import type { Run } from '../../components/use-runs.ts';

export type RunsFilter = {
  prompt?: string;
  model?: string;
  set?: string;
  split?: Run['split'];
  status?: Run['status'];
  tag?: string;
  /** Only those that are archived, instead of all others. */
  archived?: true;
  search?: string;
};

/** Whether a run is one of those that are asked for; each word looked for must stand in what names it. */
export function matches(run: Run, filter: RunsFilter): boolean {
  const { prompt, model, set, split, status, tag, archived, search = '' } = filter;
  const fits = (wanted: string | undefined, has: string) => wanted === undefined || wanted === has;
  return (
    (run.archivedAt !== null) === (archived === true) &&
    fits(prompt, run.prompt) &&
    fits(model, run.model) &&
    fits(set, run.set) &&
    fits(split, run.split) &&
    fits(status, run.status) &&
    (tag === undefined || run.tags.includes(tag)) &&
    words(search).every((word) => textOf(run).includes(word))
  );
}

const words = (search: string): string[] => search.toLowerCase().split(/\s+/);

const textOf = (run: Run): string =>
  [`#${run.id}`, `${run.prompt}@${run.version}`, run.model, run.set, run.split, run.status, run.note, ...run.tags]
    .join(' ')
    .toLowerCase();
