import {
  Button,
  Group,
  NumberInput,
  type NumberInputProps,
  Paper,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, SentBody } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { UnsavedGuard } from '../../components/unsaved-guard.tsx';

type Scope = SentBody<'PUT /api/projects/:project/scope'>['scope'];

const words = ['problem', 'users', 'inputs', 'outputs'] as const;
const empty: Scope = {
  problem: '',
  users: '',
  inputs: '',
  outputs: '',
  targetPassRate: null,
  maxCostUsdPer1000Calls: null,
  maxLatencyP95Ms: null,
  dataMayLeave: false,
};
/** Binary fractions must not show: .28 × 100 is 28.000000000000004. */
const scaled = (value: number, factor: number) => Number((value * factor).toPrecision(12));

type Props = { project: string; saved: Answer<'GET /api/projects/:project'>['scope'] };

/** The scope as a form. What was saved last is what changes are measured against. */
export function ScopeForm({ project, saved }: Props) {
  const { t } = useTranslation('scope');
  const [draft, setDraft] = useState<Scope>(saved ?? empty);
  const [author] = useAuthor();
  const save = useApiMutation('PUT /api/projects/:project/scope');
  const changed = JSON.stringify(draft) !== JSON.stringify(saved ?? empty);
  const set = (part: Partial<Scope>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ params: { project }, body: { scope: draft, author } });
  };
  return (
    <Stack component="form" gap="md" maw={900} onSubmit={submit}>
      <Paper>
        <Stack gap="sm">
          <Title order={2}>{t('purpose')}</Title>
          {words.map((field) => (
            <Textarea
              key={field}
              label={t(`${field}.label`)}
              description={t(`${field}.help`)}
              autosize
              minRows={2}
              maxRows={10}
              maxLength={5000}
              value={draft[field]}
              onChange={(event) => set({ [field]: event.currentTarget.value })}
            />
          ))}
        </Stack>
      </Paper>
      <Paper>
        <Title order={2} mb="sm">
          {t('success')}
        </Title>
        <Targets draft={draft} set={set} />
      </Paper>
      <Paper>
        <Switch
          checked={draft.dataMayLeave}
          onChange={(event) => set({ dataMayLeave: event.currentTarget.checked })}
          label={t('dataMayLeave.label')}
          description={t(draft.dataMayLeave ? 'dataMayLeave.on' : 'dataMayLeave.off')}
        />
      </Paper>
      {save.error !== null && <ErrorAlert error={save.error} />}
      <Group align="flex-end" gap="sm">
        <AuthorField w={220} />
        <Button type="submit" loading={save.isPending} disabled={!changed}>
          {t('save')}
        </Button>
        <Text size="sm" c="dimmed" role="status" py={6}>
          {changed && t('unsaved')}
          {!changed && save.isSuccess && (
            <Group gap={4} component="span">
              <Check size={14} aria-hidden /> {t('saved')}
            </Group>
          )}
        </Text>
      </Group>
      <UnsavedGuard when={changed} />
    </Stack>
  );
}

function Targets({ draft, set }: { draft: Scope; set: (part: Partial<Scope>) => void }) {
  const { t } = useTranslation('scope');
  const number = (value: string | number, factor: number) => (value === '' ? null : scaled(Number(value), factor));
  // The sentences differ in length: below the fields they don't push them out of line.
  const shared: NumberInputProps = { min: 0, inputWrapperOrder: ['label', 'input', 'description', 'error'] };
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NumberInput
        {...shared}
        label={t('targetPassRate.label')}
        description={t('targetPassRate.help')}
        suffix="%"
        max={100}
        decimalScale={1}
        value={draft.targetPassRate === null ? '' : scaled(draft.targetPassRate, 100)}
        onChange={(value) => set({ targetPassRate: number(value, 0.01) })}
      />
      <NumberInput
        {...shared}
        label={t('maxCost.label')}
        description={t('maxCost.help')}
        prefix="$"
        decimalScale={4}
        value={draft.maxCostUsdPer1000Calls ?? ''}
        onChange={(value) => set({ maxCostUsdPer1000Calls: number(value, 1) })}
      />
      <NumberInput
        {...shared}
        label={t('maxLatency.label')}
        description={t('maxLatency.help')}
        suffix=" s"
        min={0.001}
        decimalScale={3}
        value={draft.maxLatencyP95Ms === null ? '' : scaled(draft.maxLatencyP95Ms, 0.001)}
        onChange={(value) => set({ maxLatencyP95Ms: number(value, 1000) })}
      />
    </SimpleGrid>
  );
}
