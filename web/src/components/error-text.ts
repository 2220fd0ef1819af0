import { useTranslation } from 'react-i18next';

type Reason = { code: string; values: Readonly<Record<string, string | number>> };
/** `details.reason` says more exactly than the code what is wrong. */
type Said = { code: string; message: string; values?: Reason['values']; details?: Readonly<Record<string, unknown>> };

/**
 * What an error, a problem or a warning says, by its code in the reader's language. English is the server's own sentence, which knows the particulars,
 * so only codes that the pages make themselves have an English text.
 */
export function useErrorText(): (said: Said) => string {
  const { t } = useTranslation('errors');
  const textOf = (code: string, values?: Reason['values']) =>
    code === '' ? '' : t(code, { defaultValue: '', ...values });
  return ({ code, values, message, details }) => {
    const reason = reasonIn(details);
    return (reason === null ? '' : textOf(reason.code, reason.values)) || textOf(code, values) || message;
  };
}

/** The reason that an error's details give beside its code. */
export function reasonIn(details: Said['details']): Reason | null {
  const reason = details?.reason;
  return isRecord(reason) && typeof reason.code === 'string' && isValues(reason.values)
    ? { code: reason.code, values: reason.values }
    : null;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isValues = (value: unknown): value is Reason['values'] =>
  isRecord(value) && Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number');
