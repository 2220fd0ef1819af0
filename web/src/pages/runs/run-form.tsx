import { Button, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { CirclePlay } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useErrorText } from '../../components/error-text.ts';
import { useProposedModel, useTriedModel } from '../../components/proposed-model.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import { CostLink } from './cost-link.tsx';
import classes from './new-run.module.css';
import { asksModel, type DraftField, fieldOfError, type RunDraft, type RunRequest, readDraft } from './run-draft.ts';
import { RunLimitFields } from './run-limit-fields.tsx';
import { RunModeField } from './run-mode-field.tsx';
import { RunPlan } from './run-plan.tsx';
import { RunWhatFields } from './run-what-fields.tsx';
import { ScorerFields } from './scorer-fields.tsx';
import { ScoringModelFields } from './scoring-model-fields.tsx';
import { useBatchMode } from './use-batch-mode.ts';

const PLAN_AFTER_MS = 300;

/** The form beside the plan of what it asks for, which follows it. */
export function RunForm({ project, first }: { project: string; first: RunDraft }) {
  const { t } = useTranslation('runs');
  const navigate = useNavigate();
  const [typed, setTyped] = useState(first);
  const known = useApi('GET /api/scorers').data?.scorers ?? [];
  const [tried] = useTriedModel(project);
  const model = useProposedModel(project, [typed.model, tried]) ?? '';
  const batches = useBatchMode(model);
  const draft: RunDraft = {
    ...typed,
    model,
    mode: batches.offered ? typed.mode : 'live',
    // What was chosen for a scorer that is no longer there is not sent.
    judgeModel: asksModel(typed.scorers, known, 'judge_model') ? typed.judgeModel : '',
    embeddingModel: asksModel(typed.scorers, known, 'embedding_model') ? typed.embeddingModel : '',
  };
  const needed = known.filter(({ argument }) => argument?.needed);
  const { request, wrong } = readDraft(draft, new Set(needed.map(({ name }) => name)));
  const plan = usePlan(project, request);
  const start = useApiMutation('POST /api/projects/:project/runs');
  const refusal = start.error ?? plan.error;
  const messageAt = useMessages(wrong, refusal);
  const change = (part: Partial<RunDraft>) => {
    start.reset();
    setTyped((before) => ({ ...before, ...part }));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (request === null) {
      const invalid = event.currentTarget.querySelector('[aria-invalid="true"]');
      if (invalid instanceof HTMLElement) invalid.focus();
      return;
    }
    start.mutate(
      { params: { project }, body: request },
      {
        onSuccess: ({ id }) => navigate({ to: '/projects/$project/runs/$run', params: { project, run: String(id) } }),
      },
    );
  };
  return (
    <form className={classes.columns} onSubmit={submit} noValidate>
      <Stack gap="md">
        <RunWhatFields project={project} draft={draft} change={change} messageAt={messageAt} />
        <RunModeField draft={draft} change={change} batches={batches} />
        <ScorerFields draft={draft} automatic={plan.data?.scorers} change={change} messageAt={messageAt}>
          <ScoringModelFields project={project} draft={draft} change={change} messageAt={messageAt} />
        </ScorerFields>
        <RunLimitFields draft={draft} change={change} messageAt={messageAt} />
      </Stack>
      <div className={classes.plan}>
        <RunPlan plan={request === null ? undefined : plan.data} stale={plan.isWaiting}>
          {refusal !== null && fieldOfError(refusal.code) === null && <ErrorAlert error={refusal} />}
          <Button type="submit" leftSection={<CirclePlay size={16} aria-hidden />} loading={start.isPending}>
            {t('new.start')}
          </Button>
          {plan.data !== undefined && <CostLink project={project} plan={plan.data} />}
        </RunPlan>
      </div>
    </form>
  );
}

/** The plan of what the form asked for a moment ago; `isWaiting` while a newer one is on its way. */
function usePlan(project: string, request: RunRequest | null) {
  const now = JSON.stringify(request);
  const [settled] = useDebouncedValue(now, PLAN_AFTER_MS);
  const asked: RunRequest | null = JSON.parse(settled);
  const query = useApi(
    'POST /api/projects/:project/runs/plan',
    { params: { project }, body: asked ?? { prompt: '', set: '', model: '' } },
    { enabled: asked !== null, keepPrevious: true },
  );
  return { data: query.data, error: query.error, isWaiting: request !== null && (now !== settled || query.isFetching) };
}

/** What stands at each field: what the form finds wrong, else what the server refused. */
export function useMessages(
  wrong: ReadonlySet<DraftField> | null,
  refusal: Parameters<ReturnType<typeof useErrorText>>[0] | null,
) {
  const { t } = useTranslation('runs');
  const errorText = useErrorText();
  return (field: DraftField): string | undefined => {
    const [name = ''] = field.split(':');
    if (wrong?.has(field)) return t(`new.wrong.${name}`);
    return refusal !== null && fieldOfError(refusal.code) === field ? errorText(refusal) : undefined;
  };
}
