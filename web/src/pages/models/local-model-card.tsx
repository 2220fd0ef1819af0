import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { MemoryStick, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { FetchProgress } from '../../components/fetch-progress.tsx';
import { formatBytes, formatCompact, formatNumber } from '../../components/format.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { LocalModel } from '../../components/use-local-models.ts';
import { LocalModelActions } from './local-model-actions.tsx';
import classes from './local-model-card.module.css';
import { LocalModelState } from './local-model-state.tsx';

type Props = {
  model: LocalModel;
  availableBytes: number;
  /** When it was read, in milliseconds. */
  at: number;
};

/** One model of this machine: what it is, what it takes, where its file is, and what can be done with it. */
export function LocalModelCard({ model, availableBytes, at }: Props) {
  const { t } = useTranslation('models');
  const fetch = useApiMutation('POST /api/local-models/:name/fetch');
  const stop = useApiMutation('POST /api/local-models/:name/stop');
  const remove = useApiMutation('DELETE /api/local-models/:name');
  const { name, title, kind, licence, parameters, contextTokens, fileBytes, memoryBytes, state } = model;
  const facts = [
    ...(parameters === null ? [] : [t('parameters', { parameters: formatCompact(parameters) })]),
    licence ?? t('licenceUnknown'),
    ...(contextTokens === null ? [] : [t('local.context', { tokens: formatNumber(contextTokens) })]),
    t('local.file', { size: formatBytes(fileBytes) }),
  ];
  const error = fetch.error ?? stop.error ?? remove.error;
  const params = { name };
  return (
    <Paper component="article" aria-labelledby={`local-${name}`}>
      <Group justify="space-between" gap="xs">
        <Title order={3} id={`local-${name}`}>
          {title}
        </Title>
        <LocalModelState type={state.type} />
      </Group>
      <Stack gap={6} mt={4}>
        <span className="mono dim">local/{name}</span>
        <Text size="sm">{facts.join(' · ')}</Text>
        <Memory memoryBytes={memoryBytes} availableBytes={availableBytes} />
        {(state.type === 'fetching' || state.type === 'checking') && (
          <FetchProgress state={state} title={t('banner.coming', { title })} at={at} />
        )}
        {state.type === 'failed' && <Failure kind={kind} state={state} />}
        {state.type === 'ready' && <File path={state.path} sha256={state.sha256} />}
        {error !== null && <ErrorAlert error={error} />}
        <LocalModelActions
          model={model}
          busy={fetch.isPending || stop.isPending || remove.isPending}
          onFetch={(acceptTerms) => fetch.mutate({ params, body: { acceptTerms } })}
          onStop={() => stop.mutate({ params })}
          onRemove={() => remove.mutate({ params })}
        />
      </Stack>
    </Paper>
  );
}

/** What loading it takes, and that it is refused where that is not there. */
function Memory({ memoryBytes, availableBytes }: { memoryBytes: number; availableBytes: number }) {
  const { t } = useTranslation('models');
  const fits = memoryBytes <= availableBytes;
  const Icon = fits ? MemoryStick : TriangleAlert;
  const values = { memory: formatBytes(memoryBytes), available: formatBytes(availableBytes) };
  return (
    <div className={classes.line} data-fits={fits}>
      <Icon size={15} aria-hidden />
      <span>{t(fits ? 'local.fits' : 'local.tooBig', values)}</span>
    </div>
  );
}

type FailureProps = Pick<LocalModel, 'kind'> & { state: Extract<LocalModel['state'], { type: 'failed' }> };

function Failure({ kind, state }: FailureProps) {
  const { t } = useTranslation('models');
  const errorText = useErrorText();
  return (
    <div className={classes.failure}>
      {t(`local.failed.${kind}`)} {errorText({ ...state, code: state.code ?? '', message: state.reason })}
    </div>
  );
}

function File({ path, sha256 }: { path: string; sha256: string }) {
  const { t } = useTranslation('models');
  return (
    <details className={classes.fold}>
      <summary>{t('local.where')}</summary>
      <div className="mono">{path}</div>
      <div className={classes.digest}>
        <span>
          SHA-256 <span className="mono">{sha256}</span>
        </span>
        <CopyButton text={sha256} />
      </div>
    </details>
  );
}
