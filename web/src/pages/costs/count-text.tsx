import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { Type } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { CostSearch } from '../../app/routes/cost-search.ts';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { type Change, resized } from './plan.ts';

const AFTER_TYPING_MS = 250;

/** Counts the tokens of a pasted text. Only their number gets into the address, never the text. */
export function CountText({ search, change }: { search: CostSearch; change: Change }) {
  const { t } = useTranslation('costs');
  const [opened, { open, close }] = useDisclosure();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, AFTER_TYPING_MS);
  const counted = useApi(
    'POST /api/token-estimate',
    { body: { text: settled } },
    { enabled: opened, keepPrevious: true },
  );
  const tokens = counted.data?.tokens ?? 0;
  const waits = text !== settled || counted.isFetching;
  const take = (side: 'in' | 'out') => {
    change({ ...resized(search, 'tokens'), [side]: tokens });
    close();
  };
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<Type size={14} aria-hidden />} onClick={open}>
        {t('text.open')}
      </Button>
      <Modal opened={opened} onClose={close} size="lg" title={t('text.title')}>
        <Stack>
          <Textarea
            label={t('text.label')}
            description={t('text.help')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={6}
            maxRows={16}
            maxLength={1_000_000}
            data-autofocus
          />
          <Text aria-live="polite">{t('text.tokens', { count: tokens })}</Text>
          <DialogActions error={counted.error} onCancel={close}>
            {(['out', 'in'] as const).map((side) => (
              <Button
                key={side}
                variant={side === 'in' ? 'filled' : 'default'}
                disabled={waits || tokens === 0}
                onClick={() => take(side)}
              >
                {t(`text.take.${side}`)}
              </Button>
            ))}
          </DialogActions>
        </Stack>
      </Modal>
    </>
  );
}
