import { Button, Modal, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { CirclePlay } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentBody } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { JudgingFigures } from './judging-figures.tsx';
import { asksModel, emptyDraft, fieldOfError, type RunDraft, readDraft } from './run-draft.ts';
import { useMessages } from './run-form.tsx';
import { ScorerFields, withId } from './scorer-fields.tsx';
import { ScoringModelFields } from './scoring-model-fields.tsx';
import type { KeptScoring } from './scorings-table.tsx';

type Asked = SentBody<'POST /api/runs/:run/rescore'>;
type Props = { run: Run; current: KeptScoring; opened: boolean; close: () => void };

const PLAN_AFTER_MS = 300;

/** Which scorers judge the stored outputs next, what that asks, and the start. */
export function RescoreDialog({ run, current, opened, close }: Props) {
  const { t } = useTranslation('scorings');
  return (
    <Modal opened={opened} onClose={close} title={t('again')} size="xl">
      {/* Not keyed by the scoring: one that is whole before the answer came would take the form away, and with it what closes the dialog. */}
      <Form run={run} current={current} close={close} />
    </Modal>
  );
}

function Form({ run, current, close }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('scorings');
  const [typed, setTyped] = useState<RunDraft>(() => ({
    ...emptyDraft,
    prompt: run.prompt,
    set: run.set,
    model: run.model,
    scorers: current.scorers.map(withId),
    threshold: current.threshold ?? '',
    judgeModel: current.judgeModel ?? '',
    embeddingModel: current.embeddingModel ?? '',
  }));
  const known = useApi('GET /api/scorers').data?.scorers ?? [];
  const draft: RunDraft = {
    ...typed,
    judgeModel: asksModel(typed.scorers, known, 'judge_model') ? typed.judgeModel : '',
    embeddingModel: asksModel(typed.scorers, known, 'embedding_model') ? typed.embeddingModel : '',
  };
  const needed = known.filter(({ argument }) => argument?.needed);
  const { request, wrong } = readDraft(draft, new Set(needed.map(({ name }) => name)));
  const asked: Asked | null = request && {
    scorers: request.scorers ?? [],
    threshold: request.threshold ?? null,
    judgeModel: request.judgeModel ?? null,
    embeddingModel: request.embeddingModel ?? null,
  };
  const plan = usePlan(run.id, asked);
  const start = useApiMutation('POST /api/runs/:run/rescore');
  const refusal = start.error ?? plan.error;
  const messageAt = useMessages(wrong, refusal);
  const change = (part: Partial<RunDraft>) => {
    start.reset();
    setTyped((before) => ({ ...before, ...part }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked !== null) start.mutate({ params: { run: run.id }, body: asked }, { onSuccess: close });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('explained')}</Text>
        <ScorerFields draft={draft} automatic={null} change={change} messageAt={messageAt}>
          <ScoringModelFields project={run.project} draft={draft} change={change} messageAt={messageAt} />
        </ScorerFields>
        <div aria-live="polite" style={{ opacity: plan.isWaiting ? 0.6 : 1 }}>
          {asked !== null && plan.data !== undefined && <JudgingFigures {...plan.data} />}
        </div>
        {refusal !== null && fieldOfError(refusal.code) === null && <ErrorAlert error={refusal} />}
        <DialogActions onCancel={close}>
          <Button
            type="submit"
            leftSection={<CirclePlay size={16} aria-hidden />}
            loading={start.isPending}
            disabled={asked === null}
          >
            {t('start')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
}

/** What the scoring as it was typed a moment ago would ask. */
function usePlan(run: number, asked: Asked | null) {
  const now = JSON.stringify(asked);
  const [settled] = useDebouncedValue(now, PLAN_AFTER_MS);
  const body: Asked | null = JSON.parse(settled);
  const query = useApi(
    'POST /api/runs/:run/rescore/plan',
    { params: { run }, body: body ?? { scorers: [] } },
    { enabled: body !== null, keepPrevious: true },
  );
  return { data: query.data, error: query.error, isWaiting: asked !== null && (now !== settled || query.isFetching) };
}
