import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import type { ReviewField } from '../runs/review-form.tsx';
import { useSaveReview } from '../runs/use-save-review.ts';
import type { Result } from '../runs/verdict-text.tsx';
import { FailureCard } from './failure-card.tsx';
import classes from './failures.module.css';
import { useFailures } from './use-failures.ts';

/** Cards drawn at once. */
const CARDS = 50;
const ROUTE = '/projects/$project/improve';

/** Failures that a person is this near to the end of: more are read. */
const NEAR_END = 10;

type Props = {
  run: Run;
  /** What is shown: empty for what has none yet, all where it is not given. */
  category: string | undefined;
  byDigit: readonly string[];
};

/** Failures one below the other; one of them is being read, and the keys go from it to its neighbours. */
export function FailureList({ run, category: filter, byDigit }: Props) {
  const { t } = useTranslation('improve');
  const { result: asked } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const { save } = useSaveReview();
  const { failures: shown, count, isPending, error, retry, hasMore, readOn } = useFailures(run.id, filter);
  const [most, setMost] = useState(CARDS);
  const [startsIn, setStartsIn] = useState<ReviewField | null>(null);
  /** The result that the address named at first, as long as it is not found. */
  const [sought, setSought] = useState(asked);
  const found = shown.findIndex(({ id }) => id === asked);
  const index = found < 0 ? 0 : found;
  const current = shown[index];
  const place = useApi(
    'GET /api/runs/:run/result-place',
    { params: { run: run.id }, query: { outcome: 'failed', category: filter, result: sought ?? 0 } },
    { enabled: sought !== undefined },
  );
  const isThere = typeof place.data?.place === 'number';
  if (sought !== undefined && (sought !== asked || found >= 0 || (place.isFetched && !isThere))) setSought(undefined);
  useEffect(() => {
    if ((sought !== undefined && isThere) || index >= shown.length - NEAR_END) readOn();
  });
  const choose = (next: Result | undefined, field: ReviewField | null) => {
    if (next === undefined) return;
    setStartsIn(field);
    void navigate({ search: (before) => ({ ...before, result: next.id }), replace: true, resetScroll: false });
  };
  useHotkey('j', t('keys.j'), () => choose(shown[index + 1], null));
  useHotkey('k', t('keys.k'), () => choose(shown[index - 1], null));
  const give = (category: string) => {
    if (current === undefined) return;
    const { note = '', verdict = null } = current.review ?? {};
    void save(current, { category, note, verdict });
    choose(shown[index + 1], null);
  };
  if (error !== null) return <ErrorAlert error={error} retry={retry} />;
  if (isPending) return <Skeleton height={300} />;
  if (current === undefined) return <EmptyState icon={SearchX} title={t('noMatch')} />;
  const drawn = Math.max(most, index + 1);
  return (
    <Stack gap="sm" miw={0}>
      {byDigit.map(
        (category, place) =>
          category !== '' && <CategoryKey key={category} digit={place + 1} category={category} give={give} />,
      )}
      <Text c="dimmed" size="sm" role="status">
        {t('shown', { count })}
      </Text>
      <ol className={classes.list}>
        {shown.slice(0, drawn).map((result) => (
          <FailureCard
            key={result.id}
            run={run}
            result={result}
            current={result === current}
            startsIn={startsIn}
            onChoose={(field) => choose(result, field)}
            onSaved={(field) => choose(shown[index + 1], field)}
          />
        ))}
      </ol>
      {(shown.length > drawn || hasMore) && (
        <Button
          variant="default"
          onClick={() => {
            setMost(drawn + CARDS);
            if (drawn + CARDS > shown.length) readOn();
          }}
        >
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}

type KeyProps = { digit: number; category: string; give: (category: string) => void };

/** A digit that gives the current failure a category which is in use, and goes on. */
function CategoryKey({ digit, category, give }: KeyProps) {
  const { t } = useTranslation('improve');
  useHotkey(String(digit), t('giveCategory', { category }), () => give(category));
  return null;
}
