import { useTranslation } from 'react-i18next';
import type { ContentWords } from './content-text.ts';

/** The words of `contentText` in the reader's language. */
export function useContentWords(): ContentWords {
  const { t } = useTranslation('prompts');
  return {
    role: { system: t('role.system'), user: t('role.user'), assistant: t('role.assistant') },
    format: t('content.format'),
    formatType: { text: t('format.type.text'), labels: t('format.type.labels'), json: t('format.type.json') },
    parameters: t('content.parameters'),
    none: t('content.noParameters'),
  };
}
