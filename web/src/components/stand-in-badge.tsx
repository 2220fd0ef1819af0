import { Bot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from './badge.tsx';

/** Says that what answered is no language model; stands wherever its runs are shown. */
export function StandInBadge() {
  const { t } = useTranslation();
  return <ToneBadge tone="plain" icon={Bot} text={t('standIn.label')} title={t('standIn.title')} />;
}
