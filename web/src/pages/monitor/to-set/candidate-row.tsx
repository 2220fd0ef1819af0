import { Checkbox, NativeSelect, Text, TextInput } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../../server/http/contract/index.ts';
import { FeedbackBadge } from '../feedback-badge.tsx';
import classes from './to-set.module.css';

export type Candidates = Answer<'POST /api/projects/:project/sets/:set/observed-cases/preview'>;
export type Candidate = Candidates['candidates'][number];

/** More distinct answers than this are no labels to choose from. */
const MANY = 12;

type Props = {
  candidate: Candidate;
  taken: boolean;
  typed: string;
  labels: readonly string[];
  wrong: boolean;
  onTake: (id: number, on: boolean) => void;
  onType: (id: number, text: string) => void;
};

/** A call that may become a case. Kept as it is while another one is typed in: there may be hundreds. */
export const CandidateRow = memo(function CandidateRow(props: Props) {
  const { candidate, taken, typed, labels, wrong, onTake, onType } = props;
  const { t } = useTranslation('toSet');
  const { id, text, output, feedback, feedbackNote, resembles } = candidate;
  const heldOut = resembles?.type === 'case' && resembles.split === 'holdout';
  const expects = { size: 'xs' as const, 'aria-label': t('expectedOf', { id }), disabled: !taken };
  return (
    <li className={classes.row}>
      <Checkbox
        aria-label={t('take', { id })}
        checked={taken}
        disabled={heldOut}
        onChange={(event) => onTake(id, event.currentTarget.checked)}
      />
      <div className={classes.words}>
        <Text size="sm" lineClamp={3}>
          {text}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {t('answered', { output })} {feedback !== null && <FeedbackBadge feedback={feedback} />} {feedbackNote}
        </Text>
        {resembles !== null && (
          <Text size="xs" c="var(--w-none)">
            {resembles.type === 'observation'
              ? t('like.observation', { id: resembles.id })
              : t(`like.${resembles.split}`, { key: resembles.key })}
          </Text>
        )}
      </div>
      <div className={classes.expected}>
        {labels.length > 0 && labels.length <= MANY ? (
          <NativeSelect
            {...expects}
            data={[{ value: '', label: t('later') }, ...labels]}
            value={typed}
            onChange={(event) => onType(id, event.currentTarget.value)}
          />
        ) : (
          <TextInput
            {...expects}
            placeholder={t('later')}
            value={typed}
            error={wrong ? t('wrong') : undefined}
            onChange={(event) => onType(id, event.currentTarget.value)}
          />
        )}
      </div>
    </li>
  );
});
