import { oneOf, text, wholeNumber } from './search.ts';

export const costColumns = [
  'reference',
  'perCall',
  'per1000',
  'perMonth',
  'perYear',
  'per1000Plain',
  'per1000Batch',
] as const;
export type CostColumn = (typeof costColumns)[number];

/** What the address of a cost plan says; what is left out has the default that the interface has. */
export type CostSearch = {
  from?: 'words' | 'tokens' | 'run' | 'release';
  in?: number;
  out?: number;
  run?: number;
  release?: number;
  /** Shares, 0..1. */
  cached?: number;
  batch?: number;
  calls?: number;
  per?: 'day' | 'month';
  /** `connection/name`, separated by commas. */
  models?: string;
  /** Column by which the models are sorted, with a minus for the largest first. */
  sort?: CostColumn | `-${CostColumn}`;
};

const from = oneOf('words', 'tokens', 'run', 'release');
const per = oneOf('day', 'month');
const sort = oneOf(...costColumns, ...costColumns.map((column) => `-${column}` as const));
const share = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== undefined && value !== '' && number >= 0 && number <= 1 ? number : undefined;
};

export const readCostSearch = (search: Record<string, unknown>): CostSearch => ({
  from: from(search.from),
  in: wholeNumber(search.in),
  out: wholeNumber(search.out),
  run: wholeNumber(search.run),
  release: wholeNumber(search.release),
  cached: share(search.cached),
  batch: share(search.batch),
  calls: wholeNumber(search.calls),
  per: per(search.per),
  models: text(search.models),
  sort: sort(search.sort),
});
