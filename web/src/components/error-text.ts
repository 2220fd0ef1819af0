import { useTranslation } from 'react-i18next';

type Said = { code: string; message: string };

/**
 * What an error, a problem or a warning says, by its code in the reader's language. English is the server's own sentence, which knows the particulars,
 * so only codes that the pages make themselves have an English text.
 */
export function useErrorText(): (said: Said) => string {
  const { t } = useTranslation('errors');
  return ({ code, message }) => t(code, { defaultValue: '' }) || message;
}
