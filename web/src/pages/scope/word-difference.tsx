import { useTranslation } from 'react-i18next';
import { differences, type Piece, whole, withoutTurns } from '../runs/text-difference.ts';
import classes from './scope-difference.module.css';

type Props = {
  before: string;
  after: string;
  /** What the two sides are called. */
  labels?: { before: string; after: string };
  /** Whether the whole is marked, as of a figure, and not the words. */
  asOne?: boolean;
};

/** Two texts with the words that differ; one where they are the same. */
export function WordDifference({ before, after, labels, asOne = false }: Props) {
  if (before === after) return <Pieces pieces={whole(before)} />;
  const pieces = asOne ? { a: marked(before), b: marked(after) } : differences(before, after);
  return (
    <div className={labels && classes.sides}>
      <div>
        {labels && <div className={classes.label}>{labels.before}</div>}
        <Pieces pieces={pieces.a} mark="del" />
      </div>
      <div>
        {labels && <div className={classes.label}>{labels.after}</div>}
        <Pieces pieces={pieces.b} />
      </div>
    </div>
  );
}

const marked = (text: string): Piece[] => (text === '' ? [] : [{ text, differs: true }]);

function Pieces({ pieces, mark: Mark = 'ins' }: { pieces: readonly Piece[]; mark?: 'del' | 'ins' }) {
  const { t } = useTranslation('scope');
  if (pieces.length === 0) return <span className="dim">{t('empty')}</span>;
  return (
    <div className={classes.text} dir="auto">
      {pieces.map(({ text, differs }, index) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place
          <Mark key={index}>{withoutTurns(text)}</Mark>
        ) : (
          withoutTurns(text)
        ),
      )}
    </div>
  );
}
