import { CirclePlus, CircleX, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { formatPercent } from '../../components/format.ts';
import classes from './scope-difference.module.css';
import type { Scope } from './scope-draft.ts';
import { WordDifference } from './word-difference.tsx';

type Sides = { from: Scope; to: Scope };
/** `shown`: what is there now, else what was. */
type Row<Item> = { before: Item | null; after: Item | null; shown: Item };
type Example = Scope['examples'][number];

/** Examples that came, went and were rewritten, then those that are the same. */
export function ExampleDifference({ from, to }: Sides) {
  const { t } = useTranslation('scope');
  const rows = pairs(from.examples, to.examples);
  return (
    <Rows rows={rows} isSame={isSameExample}>
      {({ before, after, shown }) => (
        <div className={classes.sides}>
          {(['input', 'output'] as const).map((part) => (
            <div key={part}>
              <div className={classes.label}>{t(`example.${part}`)}</div>
              <WordDifference before={(before ?? shown)[part]} after={(after ?? shown)[part]} />
            </div>
          ))}
        </div>
      )}
    </Rows>
  );
}

const isSameExample = (a: Example, b: Example) => a.input === b.input && a.output === b.output;

/** What neither side has as it is, is taken for the same example, rewritten. */
function pairs(from: readonly Example[], to: readonly Example[]): Row<Example>[] {
  const without = (list: readonly Example[], other: readonly Example[]) =>
    list.filter((one) => !other.some((item) => isSameExample(item, one)));
  const [gone, come] = [without(from, to), without(to, from)];
  const same = to.filter((one) => !come.includes(one));
  return [
    ...gone.map((before, index) => ({ before, after: come[index] ?? null, shown: come[index] ?? before })),
    ...come.slice(gone.length).map((after) => ({ before: null, after, shown: after })),
    ...same.map((one) => ({ before: one, after: one, shown: one })),
  ];
}

/** Minimums by tag that came, went, rose and fell. */
export function MinimumDifference({ from, to }: Sides) {
  const { t } = useTranslation('scope');
  const gone = from.minimumsByTag.filter(({ tag }) => !to.minimumsByTag.some((other) => other.tag === tag));
  const rows: Row<Scope['minimumsByTag'][number]>[] = [
    ...to.minimumsByTag.map((after) => ({
      before: from.minimumsByTag.find(({ tag }) => tag === after.tag) ?? null,
      after,
      shown: after,
    })),
    ...gone.map((before) => ({ before, after: null, shown: before })),
  ];
  return (
    <Rows rows={rows} isSame={(a, b) => a.passRate === b.passRate}>
      {({ before, after, shown }) => (
        <span>
          <span className="mono">{shown.tag}</span>{' '}
          {before !== null && after !== null && before.passRate !== after.passRate
            ? t('diff.fromTo', { from: formatPercent(before.passRate), to: formatPercent(after.passRate) })
            : formatPercent(shown.passRate)}
        </span>
      )}
    </Rows>
  );
}

type RowsProps<Item> = {
  rows: readonly Row<Item>[];
  isSame: (a: Item, b: Item) => boolean;
  children: (row: Row<Item>) => ReactNode;
};

/** Rows of a list, each with what became of it. */
function Rows<Item>({ rows, isSame, children }: RowsProps<Item>) {
  const { t } = useTranslation('scope');
  if (rows.length === 0) return <span className="dim">{t('empty')}</span>;
  return (
    <ul className={classes.rows}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of two versions have no other name than their place
        <li key={index}>
          {row.before === null ? (
            <ToneBadge tone="pass" icon={CirclePlus} text={t('diff.added')} />
          ) : row.after === null ? (
            <ToneBadge tone="fail" icon={CircleX} text={t('diff.removed')} />
          ) : (
            !isSame(row.before, row.after) && <ToneBadge tone="info" icon={Pencil} text={t('diff.changed')} />
          )}
          {children(row)}
        </li>
      ))}
    </ul>
  );
}
