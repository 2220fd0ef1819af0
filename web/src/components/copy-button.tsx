import { Button, CopyButton as MantineCopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Copies `text`; says for a moment that it did. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <MantineCopyButton value={text} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          onClick={copy}
          aria-live="polite"
        >
          {copied ? t('copied') : (label ?? t('copy'))}
        </Button>
      )}
    </MantineCopyButton>
  );
}
