import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './compare.module.css';
import { differences, shortened, withoutTurns } from './text-difference.ts';
import { COMPARE_ROUTE } from './use-comparison.ts';
import { Output, type Result } from './verdict-text.tsx';

type Props = {
  result: Result;
  /** What it is compared with, where the reader wants that marked. */
  baseline: Result | null | undefined;
  length?: number;
};

/** An output as text: marked is either what is wrong in it or, by choice, what the baseline does not say. */
export function CompareOutput({ result, baseline, length }: Props) {
  const { t } = useTranslation('compare');
  const { marks } = useSearch({ from: COMPARE_ROUTE });
  const before = baseline?.output ?? null;
  if (marks !== true || before === null || result.output === null || baseline?.id === result.id)
    return <Output result={result} length={length} />;
  const pieces = differences(before, result.output).b;
  return (
    <span className={classes.text} dir="auto">
      {(length === undefined ? pieces : shortened(pieces, length)).map(({ text, differs }, index) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name than their place
          <mark key={index} className={classes.differs} title={t('marked')}>
            {withoutTurns(text)}
          </mark>
        ) : (
          withoutTurns(text)
        ),
      )}
    </span>
  );
}
