import { useTranslation } from 'react-i18next';
import { formatAgo, formatDateTime, formatDuration, formatMoney, formatNumber } from './format.ts';

/** US dollars; a null is said to be unknown, because a price that is not in the table is not zero. */
export function Money({ usd }: { usd: number | null }) {
  const { t } = useTranslation();
  return (
    <span className="nowrap" title={usd === null ? t('noPrice') : undefined}>
      {formatMoney(usd)}
    </span>
  );
}

/** Tokens in and out. */
export function Tokens({ input, output }: { input: number; output: number }) {
  const { t } = useTranslation();
  return (
    <span className="nowrap" title={t('tokensTitle', { input: formatNumber(input), output: formatNumber(output) })}>
      {t('tokens', { input: formatNumber(input), output: formatNumber(output) })}
    </span>
  );
}

/** A time span. */
export const Duration = ({ ms }: { ms: number | null }) => <span className="nowrap">{formatDuration(ms)}</span>;

/** How long a reply took; one of a batch has no time of its own. */
export const ReplyTime = ({ ms }: { ms: number }) => <Duration ms={ms > 0 ? ms : null} />;

/** An instant: how long ago where that is recent, else the date; the title has it in full. */
export function DateTime({ at }: { at: string }) {
  const now = Date.now();
  const recent = now - new Date(at).getTime() < 7 * 86_400_000;
  return (
    <time dateTime={at} title={formatDateTime(at)} className="nowrap">
      {recent ? formatAgo(at, now) : formatDateTime(at)}
    </time>
  );
}
