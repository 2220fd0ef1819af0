import { Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import type { Run } from '../../components/use-runs.ts';
import { type ReviewField, ReviewForm } from '../runs/review-form.tsx';
import { Expected, inputText, Output, type Result } from '../runs/verdict-text.tsx';
import classes from './failures.module.css';

/** Characters of a text that are drawn for a failure which is not being read: fifty long ones would hold up the page. */
const BESIDE = 1_000;

type Props = {
  run: Run;
  result: Result;
  /** The one that is being read: it has the form. */
  current: boolean;
  /** In which of its fields the person goes on writing. */
  startsIn: ReviewField | null;
  onChoose: (field: ReviewField | null) => void;
  onSaved: (field: ReviewField | null) => void;
};

/** One failure: what was asked, expected and answered, and beside it a person's reading of it. */
export function FailureCard({ run, result, current, startsIn, onChoose, onSaved }: Props) {
  const { t } = useTranslation('improve');
  const card = useRef<HTMLLIElement>(null);
  const was = useRef(current);
  useEffect(() => {
    if (current && !was.current) card.current?.scrollIntoView({ block: 'nearest' });
    was.current = current;
  }, [current]);
  return (
    <li ref={card} className={classes.card} aria-current={current || undefined}>
      <div className={classes.texts}>
        <Group gap="xs">
          <OutcomeBadge outcome={result.outcome} />
          <AnchorLink
            to="/projects/$project/runs/$run"
            params={{ project: run.project, run: String(run.id) }}
            search={{ result: result.id }}
            className="mono"
            inherit
          >
            {result.caseKey}
          </AnchorLink>
          <span className="dim">{t(`common:split.${result.split}`)}</span>
        </Group>
        <p className={classes.input}>{current ? inputText(result) : inputText(result).slice(0, BESIDE)}</p>
        <dl className={classes.pair}>
          <dt>{t('expected')}</dt>
          <dd>
            <Expected result={result} length={current ? undefined : BESIDE} />
          </dd>
          <dt>{t('output')}</dt>
          <dd>
            <Output result={result} length={current ? undefined : BESIDE} />
          </dd>
        </dl>
      </div>
      {current ? (
        <ReviewForm key={result.id} project={run.project} result={result} startsIn={startsIn} onSaved={onSaved} />
      ) : (
        <button type="button" className={classes.reading} onClick={() => onChoose('category')}>
          {result.review === null || (result.review.category === '' && result.review.note === '') ? (
            <span className="dim">{t('sayWhy')}</span>
          ) : (
            <>
              <strong>{result.review.category || t('unsorted')}</strong>
              <br />
              {result.review.note}
            </>
          )}
        </button>
      )}
    </li>
  );
}
