import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useErrorText } from '../../components/error-text.ts';
import { scorersIn } from './case-draft.ts';

const CHECK_AFTER_MS = 400;

/** Scorers of a case, one a line, checked a moment after they were typed. */
export function CaseScorers({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('sets');
  const errorText = useErrorText();
  const [settled] = useDebouncedValue(value, CHECK_AFTER_MS);
  const scorers = scorersIn(settled);
  const { data } = useApi(
    'POST /api/case-scorers/check',
    { body: { scorers } },
    { enabled: settled === value && scorers.length > 0, staleTime: 60_000 },
  );
  const problem = scorers.length === 0 ? undefined : data?.problems.find((found) => found !== null);
  return (
    <Textarea
      label={t('case.scorers')}
      description={t('case.scorersHelp')}
      placeholder="contains:refund"
      autosize
      minRows={1}
      maxRows={8}
      value={value}
      error={problem ? errorText({ ...problem, code: problem.code ?? '' }) : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
