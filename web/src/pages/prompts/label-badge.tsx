import { Tag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';

/** A label that points to a version, such as production. */
export function LabelBadge({ label, text = label }: { label: string; text?: string }) {
  const { t } = useTranslation('prompts');
  return <ToneBadge tone="info" icon={Tag} text={text} title={t('labelTitle', { label })} />;
}
