import { Button, NumberInput, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentBody } from '../../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../../api/query.ts';
import { useAuthor } from '../../../components/author-field.tsx';
import { DialogActions } from '../../../components/dialog-actions.tsx';
import { formatPercent } from '../../../components/format.ts';
import type { Alerts, Rule } from './words.ts';

type Condition = SentBody<'POST /api/projects/:project/alerts'>['condition'];
const kinds = ['scores', 'feedback', 'answered', 'latency', 'silence', 'day', 'month'] as const;
type Kind = (typeof kinds)[number];
const isShare = (kind: Kind) => isPercent(kind) || kind === 'latency';
const isPercent = (kind: Kind) => kind === 'scores' || kind === 'feedback' || kind === 'answered';

type FormProps = {
  project: string;
  alerts: Alerts;
  /** The rule that is given other limits; a new one is added where there is none. */
  rule?: Rule;
  onDone: () => void;
};

/** What is to be watched, and within which limits. */
export function RuleForm({ project, alerts, rule, onDone }: FormProps) {
  const { t } = useTranslation('alerts');
  const { prompts } = alerts;
  const first = prompts.find(({ production }) => production !== null) ?? prompts[0];
  const present = rule === undefined ? null : limitsOf(rule.condition);
  const [kind, setKind] = useState<Kind>(present?.kind ?? (first === undefined ? 'silence' : 'scores'));
  const [prompt, setPrompt] = useState(present?.prompt ?? first?.prompt ?? '');
  const [typed, setTyped] = useState<number | string | null>(present?.value ?? null);
  const [windowDays, setWindowDays] = useState<number | string>(present?.windowDays ?? 7);
  const [author] = useAuthor();
  const add = useApiMutation('POST /api/projects/:project/alerts');
  const change = useApiMutation('PUT /api/projects/:project/alerts/:id');
  const standard = useStandard(alerts, kind, prompt);
  const value = typed ?? standard.value;
  const condition = conditionOf(kind, { prompt, value: Number(value), windowDays: Number(windowDays) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { condition, author: author.trim() };
    if (rule === undefined) add.mutate({ params: { project }, body }, { onSuccess: onDone });
    else change.mutate({ params: { project, id: rule.id }, body }, { onSuccess: onDone });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      {rule !== undefined && <Text size="sm">{t('change.text')}</Text>}
      {rule === undefined && (
        <Select
          label={t('add.what')}
          data={kinds
            .filter((one) => first !== undefined || !isShare(one))
            .map((one) => ({ value: one, label: t(`add.kind.${one}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(chosen) => {
            setKind(kinds.find((one) => one === chosen) ?? kind);
            setTyped(null);
          }}
        />
      )}
      {rule === undefined && isShare(kind) && (
        <Select
          label={t('add.prompt')}
          data={prompts.map((one) => ({ value: one.prompt, label: one.name }))}
          value={prompt}
          allowDeselect={false}
          onChange={(chosen) => chosen !== null && setPrompt(chosen)}
        />
      )}
      <NumberInput
        label={t(`add.value.${kind}`)}
        description={rule === undefined ? standard.why : undefined}
        value={value}
        onChange={setTyped}
        required
        min={kind === 'silence' ? 0.1 : 0}
        {...(isPercent(kind) ? { min: 0.1, max: 99.9, decimalScale: 1, suffix: ' %' } : {})}
      />
      {isShare(kind) && (
        <NumberInput
          label={t('add.window')}
          description={t('add.windowHelp')}
          value={windowDays}
          onChange={setWindowDays}
          required
          min={1}
          max={90}
          allowDecimal={false}
        />
      )}
      {isShare(kind) && (
        <Text size="sm" c="dimmed">
          {t('add.bound')}
        </Text>
      )}
      <DialogActions error={add.error ?? change.error} onCancel={onDone}>
        <Button type="submit" loading={add.isPending || change.isPending} disabled={!(Number(value) > 0)}>
          {t(rule === undefined ? 'add.action' : 'change.save')}
        </Button>
      </DialogActions>
    </Stack>
  );
}

/** What stands in the field until something is typed, and where it comes from. */
function useStandard({ prompts, target }: Alerts, kind: Kind, prompt: string): { value: number; why: string } {
  const { t } = useTranslation('alerts');
  if (!(kind === 'scores' || kind === 'feedback')) {
    const values = { answered: 2, latency: 2000, silence: 24, day: 10, month: 100 };
    return { value: values[kind], why: t(`add.why.${kind}`) };
  }
  const production = prompts.find((one) => one.prompt === prompt)?.production ?? null;
  if (target !== null) return { value: percent(target), why: t('add.why.target', { share: formatPercent(target) }) };
  const promised = production?.promised ?? null;
  if (promised !== null) {
    return { value: percent(promised), why: t('add.why.promised', { share: formatPercent(promised) }) };
  }
  return { value: 80, why: t('add.why.nothing') };
}

const percent = (share: number) => Math.round(share * 1000) / 10;

/** What the form shows of a rule. */
function limitsOf(condition: Rule['condition']): { kind: Kind; prompt?: string; value: number; windowDays?: number } {
  switch (condition.kind) {
    case 'silence':
      return { kind: 'silence', value: condition.hours };
    case 'budget':
      return { kind: condition.period, value: condition.maxUsd };
    case 'share': {
      const { measure, prompt, windowDays, threshold } = condition;
      const common = { kind: measure, prompt, windowDays };
      if (measure === 'latency') return { ...common, value: condition.maxMs };
      return { ...common, value: percent(measure === 'answered' ? 1 - threshold : threshold) };
    }
  }
}

function conditionOf(
  kind: Kind,
  { prompt, value, windowDays }: { prompt: string; value: number; windowDays: number },
): Condition {
  switch (kind) {
    case 'silence':
      return { kind, hours: value };
    case 'day':
    case 'month':
      return { kind: 'budget', period: kind, maxUsd: value };
    case 'latency':
      return { kind: 'share', measure: kind, prompt, windowDays, maxMs: value };
    case 'answered':
      return { kind: 'share', measure: kind, prompt, windowDays, threshold: (100 - value) / 100 };
    default:
      return { kind: 'share', measure: kind, prompt, windowDays, threshold: value / 100 };
  }
}
