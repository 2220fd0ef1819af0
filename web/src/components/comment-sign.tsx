import { MessageSquare } from 'lucide-react';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './comments.module.css';

type Count = { comments: number; open: number };

const Counts = createContext<ReadonlyMap<string, Count>>(new Map());

type Props<Row> = { counts: readonly Row[] | undefined; idOf: (row: Row) => string; children: ReactNode };

/** For the table within: how many comments each of its rows has. `idOf` stays the same function. */
export function CommentCounts<Row extends Count>({ counts, idOf, children }: Props<Row>) {
  const byId = useMemo(() => new Map(counts?.map((row) => [idOf(row), row])), [counts, idOf]);
  return <Counts value={byId}>{children}</Counts>;
}

/** How many comments a row has; nothing where it has none. */
export function CommentSign({ id }: { id: string }) {
  const { t } = useTranslation('comments');
  const count = useContext(Counts).get(id);
  if (count === undefined) return null;
  const said = t('count', { count: count.comments, open: count.open });
  return (
    <span role="img" aria-label={said} title={said} className={classes.sign} data-open={count.open > 0}>
      <MessageSquare size={12} aria-hidden /> {count.comments}
    </span>
  );
}
