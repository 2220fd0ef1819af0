import { Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';

type Props = { run: Run; id: number; onOpen: (id: number) => void };

/** Asks the model again for one result; the new attempt takes its place. */
export function RetryResult({ run, id, onOpen }: Props) {
  const { t } = useTranslation('results');
  const retry = useApiMutation('POST /api/results/:id/retry');
  const stopped = isUnderWay(run);
  return (
    <>
      <Tooltip label={stopped ? t('retry.underWay') : t('retry.about')} multiline w={260}>
        <Button
          size="xs"
          variant="default"
          leftSection={<RotateCw size={14} aria-hidden />}
          loading={retry.isPending}
          data-disabled={stopped || undefined}
          aria-disabled={stopped}
          aria-description={stopped ? t('retry.underWay') : t('retry.about')}
          onClick={
            stopped
              ? undefined
              : () =>
                  retry.mutate(
                    { params: { id } },
                    {
                      onSuccess: ({ id: answered, outcome }) => {
                        onOpen(answered);
                        notifications.show({ message: t('retry.done', { outcome: t(`common:outcome.${outcome}`) }) });
                      },
                    },
                  )
          }
        >
          {t('retry.button')}
        </Button>
      </Tooltip>
      {retry.error !== null && <ErrorAlert error={retry.error} />}
    </>
  );
}
