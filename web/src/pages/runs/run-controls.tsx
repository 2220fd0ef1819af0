import { Button, Group, Stack, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { CirclePause, CirclePlay, type LucideIcon, RotateCw, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { obstaclesOf, type RunAction, runActions } from './run-actions.ts';

const icons: Record<RunAction, LucideIcon> = {
  pause: CirclePause,
  resume: CirclePlay,
  cancel: Square,
  retry: RotateCw,
};

/** Pause, resume, cancel, retry errors: what can't be done now says why. */
export function RunControls({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const mutations = {
    pause: useApiMutation('POST /api/runs/:run/pause'),
    resume: useApiMutation('POST /api/runs/:run/resume'),
    cancel: useApiMutation('POST /api/runs/:run/cancel'),
    retry: useApiMutation('POST /api/runs/:run/retry-errors'),
  };
  const obstacles = obstaclesOf(run);
  const { error } = [...Object.values(mutations)].sort((a, b) => b.submittedAt - a.submittedAt)[0] ?? { error: null };
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap={6} role="group" aria-label={t('action.label')}>
        {runActions.map((action) => (
          <ActionButton
            key={action}
            action={action}
            obstacle={obstacles[action]}
            about={aboutOf(action, run, t)}
            busy={mutations[action].isPending}
            onClick={() => mutations[action].mutate({ params: { run: run.id } })}
          />
        ))}
      </Group>
      {error !== null && <ErrorAlert error={error} />}
    </Stack>
  );
}

/** A provider is asked to cancel its batches; calls that are answered at once are waited for. */
const aboutOf = (action: RunAction, { settings }: Run, t: TFunction<'runs'>): string =>
  settings.mode === 'batch' && (action === 'pause' || action === 'cancel')
    ? t(`batches:action.${action}`)
    : t(`action.about.${action}`);

type ActionProps = {
  action: RunAction;
  about: string;
  obstacle: ReturnType<typeof obstaclesOf>[RunAction];
  busy: boolean;
  onClick: () => void;
};

/** It keeps the focus when it can't be pressed, so that the reason is found by the keyboard as well. */
function ActionButton({ action, about, obstacle, busy, onClick }: ActionProps) {
  const { t } = useTranslation('runs');
  const Icon = icons[action];
  const stopped = obstacle !== null;
  return (
    <Tooltip label={stopped ? t(`action.obstacle.${obstacle}`) : about}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon size={14} aria-hidden />}
        loading={busy}
        data-disabled={stopped || undefined}
        aria-disabled={stopped}
        aria-description={stopped ? t(`action.obstacle.${obstacle}`) : undefined}
        onClick={stopped ? undefined : onClick}
      >
        {t(`action.${action}`)}
      </Button>
    </Tooltip>
  );
}
