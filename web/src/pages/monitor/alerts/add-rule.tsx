import { Button, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentBody } from '../../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../../api/query.ts';
import { useAuthor } from '../../../components/author-field.tsx';
import { DialogActions } from '../../../components/dialog-actions.tsx';
import { formatPercent } from '../../../components/format.ts';
import type { Alerts } from './words.ts';

type Condition = SentBody<'POST /api/projects/:project/alerts'>['condition'];
const kinds = ['scores', 'feedback', 'answered', 'latency', 'silence', 'day', 'month'] as const;
type Kind = (typeof kinds)[number];
const isShare = (kind: Kind) => isPercent(kind) || kind === 'latency';
const isPercent = (kind: Kind) => kind === 'scores' || kind === 'feedback' || kind === 'answered';

/** A button with a dialog in which one says what is to be watched. */
export function AddRule({ project, alerts }: { project: string; alerts: Alerts }) {
  const { t } = useTranslation('alerts');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {t('add.title')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('add.title')}>
        <RuleForm project={project} alerts={alerts} onDone={close} />
      </Modal>
    </>
  );
}

type FormProps = { project: string; alerts: Alerts; onDone: () => void };

function RuleForm({ project, alerts, onDone }: FormProps) {
  const { t } = useTranslation('alerts');
  const { prompts } = alerts;
  const first = prompts.find(({ production }) => production !== null) ?? prompts[0];
  const [kind, setKind] = useState<Kind>(first === undefined ? 'silence' : 'scores');
  const [prompt, setPrompt] = useState(first?.prompt ?? '');
  const [typed, setTyped] = useState<number | string | null>(null);
  const [windowDays, setWindowDays] = useState<number | string>(7);
  const [author] = useAuthor();
  const add = useApiMutation('POST /api/projects/:project/alerts');
  const standard = useStandard(alerts, kind, prompt);
  const value = typed ?? standard.value;
  const condition = conditionOf(kind, { prompt, value: Number(value), windowDays: Number(windowDays) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ params: { project }, body: { condition, author: author.trim() } }, { onSuccess: onDone });
  };
  return (
    <Stack component="form" onSubmit={submit}>
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
      {isShare(kind) && (
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
        description={standard.why}
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
      <DialogActions error={add.error} onCancel={onDone}>
        <Button type="submit" loading={add.isPending} disabled={!(Number(value) > 0)}>
          {t('add.action')}
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
