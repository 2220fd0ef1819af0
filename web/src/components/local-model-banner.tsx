import { useQueries } from '@tanstack/react-query';
import { Download, Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { apiQuery } from '../api/query.ts';
import { useErrorText } from './error-text.ts';
import { FetchProgress } from './fetch-progress.tsx';
import { AnchorLink } from './link.tsx';
import classes from './local-model-banner.module.css';
import { isComing, type LocalModel, useLocalModels } from './use-local-models.ts';
import type { Run } from './use-runs.ts';

const WHILE_WAITING_MS = 3_000;

/**
 * Says why runs of these projects wait while the file of a model of this machine is not there: how far it has come, or what keeps it from coming.
 * Nothing where no run was meant for such a model.
 */
export function LocalModelBanner({ projects }: { projects: readonly string[] }) {
  const runs = useRunsOf(projects);
  const query = useLocalModels(runs.some(waits) ? WHILE_WAITING_MS : undefined);
  return (query.data?.models ?? [])
    .filter(({ state }) => state.type !== 'ready')
    .filter((model) => runs.some((run) => run.model === `local/${model.name}` && isMeant(run, model)))
    .map((model) => <Notice key={model.name} model={model} at={query.dataUpdatedAt} />);
}

const waits = ({ status, model }: Run): boolean => status === 'queued' && model.startsWith('local/');

/** A run that waits is meant for a model on its way; once that has failed, so is one that was given up for it. */
const isMeant = ({ status }: Run, { state }: LocalModel): boolean =>
  status === 'queued' || (state.type === 'failed' && status === 'cancelled');

function useRunsOf(projects: readonly string[]): Run[] {
  const answers = useQueries({
    queries: projects.map((project) => ({
      ...apiQuery('GET /api/projects/:project/runs', { params: { project } }),
      refetchInterval: ({ state }: { state: { data?: { runs: Run[] } } }) =>
        state.data?.runs.some(waits) ? WHILE_WAITING_MS : false,
    })),
  });
  return answers.flatMap(({ data }) => data?.runs ?? []);
}

function Notice({ model, at }: { model: LocalModel; at: number }) {
  const { t } = useTranslation('models');
  const errorText = useErrorText();
  const { title, state } = model;
  const text = isComing(model) ? t('banner.coming', { title }) : t(`banner.${state.type}`, { title });
  const Icon = isComing(model) ? Download : Info;
  return (
    <section className={classes.root} aria-label={t('banner.label')}>
      <Icon size={18} aria-hidden />
      <div className={classes.words}>
        <p>
          {text}{' '}
          <AnchorLink to="/models" inherit underline="always">
            {t('banner.more')}
          </AnchorLink>
        </p>
        {state.type === 'failed' && (
          <p className="dim">{errorText({ ...state, code: state.code ?? '', message: state.reason })}</p>
        )}
        {(state.type === 'fetching' || state.type === 'checking') && (
          <FetchProgress state={state} title={title} at={at} />
        )}
      </div>
    </section>
  );
}
