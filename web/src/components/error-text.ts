import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/client.ts';

/** What an error says, in the reader's language where its code has a text there, else in the server's words. */
export function useErrorText(): (error: ApiError) => string {
  const { t } = useTranslation();
  return ({ code, message, details }) => {
    const text = t(`errors.${code}`, { ...details, defaultValue: '' });
    return text === '' ? message : text;
  };
}
