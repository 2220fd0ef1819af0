import { useTranslation } from 'react-i18next';
import { isRecord, isValues, useErrorText } from './error-text.ts';
import classes from './problem-list.module.css';

/** One thing that is wrong in a file or a prompt. The message of a prompt counts from 0, lines and columns from 1. */
export type Problem = {
  /** Of a request, `body.price`. */
  field?: string;
  inMessage?: number;
  line?: number;
  column?: number;
  code?: string;
  values?: Readonly<Record<string, string | number>>;
  message: string;
};

/** Everything that is wrong, each with its place. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const errorText = useErrorText();
  const placeText = usePlaceText();
  return (
    <ul className={classes.list}>
      {problems.map((problem) => {
        const place = placeText(problem);
        return (
          <li key={JSON.stringify(problem)}>
            {place !== '' && <span className="dim nowrap">{place}</span>}{' '}
            {problem.field !== undefined && <span className="mono">{problem.field} </span>}
            {errorText({ ...problem, code: problem.code ?? '' })}
          </li>
        );
      })}
    </ul>
  );
}

function usePlaceText() {
  const { t } = useTranslation();
  return ({ inMessage, line, column }: Problem): string =>
    [
      inMessage === undefined ? [] : [t('place.message', { number: inMessage + 1 })],
      line === undefined ? [] : [t('place.line', { line })],
      column === undefined ? [] : [t('place.column', { column })],
    ]
      .flat()
      .join(t('place.and'));
}

/** What is wrong one by one, where an error's details say it: of a file with `message` as its text, of a prompt with `text`. */
export function problemsIn({ problems }: Readonly<Record<string, unknown>>): Problem[] {
  return Array.isArray(problems) ? problems.flatMap((one) => problemOf(one) ?? []) : [];
}

function problemOf(value: unknown): Problem | null {
  if (!isRecord(value)) return null;
  const text = typeof value.text === 'string' ? value.text : value.message;
  if (typeof text !== 'string') return null;
  return {
    message: text,
    ...(typeof value.field === 'string' && { field: value.field }),
    ...(typeof value.message === 'number' && { inMessage: value.message }),
    ...(typeof value.line === 'number' && { line: value.line }),
    ...(typeof value.column === 'number' && { column: value.column }),
    ...(typeof value.code === 'string' && { code: value.code }),
    ...(isValues(value.values) && { values: value.values }),
  };
}
