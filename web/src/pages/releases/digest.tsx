import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const SHORT = 10;

/** The evidence's digest, short unless `full`, with a button that copies all of it. */
export function Digest({ digest, full = false }: { digest: string; full?: boolean }) {
  const { t } = useTranslation('releases');
  return (
    <span className={full ? undefined : 'nowrap'} style={{ overflowWrap: 'anywhere' }}>
      <span className="mono" title={digest}>
        {full ? digest : digest.slice(0, SHORT)}
      </span>{' '}
      <CopyButton value={digest} timeout={2_000}>
        {({ copied, copy }) => (
          <ActionIcon
            size="sm"
            style={{ verticalAlign: 'middle' }}
            variant="subtle"
            color="gray"
            aria-label={copied ? t('common:copied') : t('copyDigest')}
            aria-live="polite"
            onClick={copy}
          >
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}
