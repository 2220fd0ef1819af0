import { useTranslation } from 'react-i18next';
import type { Suggestion } from './suggested-groups.tsx';

/** Says what the cases of a group share, in the reader's language: a name that a person can go on from. */
export function useReason() {
  const { t } = useTranslation('improve');
  return ({ reason }: Pick<Suggestion['groups'][number], 'reason'>): string => {
    if (reason.type === 'words') return reason.words;
    if (reason.type === 'confusion') {
      return t('groups.reason.confusion', { expected: reason.expected, answer: reason.answer });
    }
    return t(`groups.reason.${reason.type}`);
  };
}
