import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { differences, fromDifference, type Piece, passage, shortened, whole, withoutTurns } from './text-difference.ts';
import classes from './verdict-text.module.css';

export type Result = Answer<'GET /api/runs/:run/results'>['results'][number];

/** Characters before what differs, where only a part of a text is shown. */
const LEAD = 40;

type Props = {
  result: Result;
  /** At most so many characters; all of them where none is said. */
  length?: number;
};

/** What is expected as people read it: a text as it is, anything else as JSON. */
export const expectedText = ({ expected }: Pick<Result, 'expected'>): string =>
  typeof expected === 'string' ? expected : expected === null ? '' : JSON.stringify(expected, null, 1);

/** The input of a case in a line: its variables' values. */
export const inputText = ({ variables }: Pick<Result, 'variables'>): string =>
  Object.values(variables)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(' · ');

/** The expected value, with what the output lacks of it marked where it failed. */
export function Expected({ result, length }: Props) {
  const { t } = useTranslation('runs');
  const text = expectedText(result);
  if (text === '') return <span className="dim">{t('result.nothingExpected')}</span>;
  return <Pieces pieces={piecesOf(result, length).expected} kind="missing" length={length} />;
}

/** What came back, as text and never as anything else; where it failed, with the answer that was read or what differs marked. */
export function Output({ result, length }: Props) {
  const { t } = useTranslation('runs');
  if (result.error !== null) {
    return (
      <span className={classes.error}>
        <span className="mono">{result.error.code}</span> {clip(result.error.message, length)}
      </span>
    );
  }
  if (result.output === null || result.output.trim() === '') {
    return <span className="dim">{t('result.emptyOutput')}</span>;
  }
  return <Pieces pieces={piecesOf(result, length).output} kind="wrong" length={length} />;
}

const clip = (text: string, length = Number.POSITIVE_INFINITY): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;

function piecesOf(result: Result, length = Number.POSITIVE_INFINITY): { expected: Piece[]; output: Piece[] } {
  const [expected, output] = [expectedText(result), result.output ?? ''];
  const unmarked = { expected: whole(expected), output: whole(output) };
  if (result.outcome !== 'failed') return unmarked;
  for (const { passed, answer } of result.scores) {
    const read = passed || answer === null ? null : passage(output, answer);
    if (read !== null) return { expected: whole(expected), output: read };
  }
  if (expected === '') return unmarked;
  // Of what is cut off no more than as much again is compared: a table must not wait for texts that it does not show.
  const { a, b } = differences(expected.slice(0, 2 * length), output.slice(0, 2 * length));
  return { expected: a, output: b };
}

function Pieces({ pieces, kind, length }: { pieces: readonly Piece[]; kind: 'missing' | 'wrong'; length?: number }) {
  const { t } = useTranslation('runs');
  const shown = length === undefined ? pieces : shortened(fromDifference(pieces, LEAD), length);
  return (
    <span className={classes.text} dir="auto">
      {shown.map(({ text, differs }, index) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place
          <mark key={index} className={classes[kind]} title={t(`result.mark.${kind}`)}>
            {withoutTurns(text)}
          </mark>
        ) : (
          withoutTurns(text)
        ),
      )}
    </span>
  );
}
