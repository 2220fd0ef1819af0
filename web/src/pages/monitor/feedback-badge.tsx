import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';

/** What a user thought of an answer. */
export function FeedbackBadge({ feedback, title }: { feedback: 'up' | 'down'; title?: string }) {
  const { t } = useTranslation('monitor');
  return (
    <ToneBadge
      tone={feedback === 'up' ? 'pass' : 'fail'}
      icon={feedback === 'up' ? ThumbsUp : ThumbsDown}
      text={t(`feedback.${feedback}`)}
      title={title}
    />
  );
}
