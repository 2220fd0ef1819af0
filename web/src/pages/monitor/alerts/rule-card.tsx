import { Button, Group, Modal, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Eye, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../../api/query.ts';
import { AuthorField, useAuthor } from '../../../components/author-field.tsx';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { DialogActions } from '../../../components/dialog-actions.tsx';
import { DateTime } from '../../../components/figures.tsx';
import { AnchorLink } from '../../../components/link.tsx';
import { ErrorAlert } from '../../../components/query-state.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { AlertBadge } from './state-badge.tsx';
import { type Alerts, type Rule, useAlertWords } from './words.ts';

/** A rule: how it stands, why, and what to do next. */
export function RuleCard({ project, alerts, rule }: { project: string; alerts: Alerts; rule: Rule }) {
  const { t } = useTranslation('alerts');
  const { conditionText, evidenceText } = useAlertWords();
  const remove = useApiMutation('DELETE /api/projects/:project/alerts/:id');
  const title = conditionText(rule.condition);
  return (
    <Paper component="article" aria-label={title}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Group gap="xs">
            <AlertBadge kind={rule.evidence === null ? 'idle' : rule.state} />
            <Text fw={600}>{title}</Text>
          </Group>
          <Text size="sm" mt={4}>
            {evidenceText(rule.evidence, rule.condition)}
          </Text>
          {rule.since !== null && (
            <Text size="sm" c="dimmed">
              {t('since')} <DateTime at={rule.since} />
            </Text>
          )}
          {rule.state !== 'ok' && <Next project={project} rule={rule} />}
        </div>
        <Group gap="xs">
          {rule.state === 'firing' && <Acknowledge project={project} rule={rule} title={title} />}
          <RuleDialog project={project} alerts={alerts} rule={rule} />
          <ConfirmButton
            size="compact-sm"
            leftSection={<Trash2 size={14} aria-hidden />}
            title={t('remove.title')}
            text={t('remove.text')}
            loading={remove.isPending}
            onConfirm={() => remove.mutate({ params: { project, id: rule.id } })}
          >
            {t('remove.action')}
          </ConfirmButton>
        </Group>
      </Group>
      {remove.error !== null && <ErrorAlert error={remove.error} />}
    </Paper>
  );
}

/** Where one looks first when it fires. */
function Next({ project, rule: { evidence, condition } }: { project: string; rule: Rule }) {
  const { t } = useTranslation('alerts');
  const measure = condition.kind === 'share' ? condition.measure : null;
  return (
    <Group gap="md" mt={4}>
      {evidence?.kind === 'share' ? (
        <>
          <AnchorLink
            to="/projects/$project/monitor"
            params={{ project }}
            search={{
              release: evidence.release,
              feedback: measure === 'feedback' ? 'down' : undefined,
              scored: measure === 'scores' ? 'failed' : undefined,
            }}
            hash={measure === 'answered' ? 'failed-calls' : undefined}
            size="sm"
          >
            {t('next.observations')}
          </AnchorLink>
          <AnchorLink
            to="/projects/$project/releases"
            params={{ project }}
            search={{ release: evidence.release }}
            size="sm"
          >
            {t('next.release')}
          </AnchorLink>
          {condition.kind === 'share' && (
            <AnchorLink
              to="/projects/$project/releases"
              params={{ project }}
              search={{ rollBack: condition.prompt }}
              size="sm"
            >
              {t('next.rollBack')}
            </AnchorLink>
          )}
        </>
      ) : (
        <AnchorLink to="/projects/$project/monitor" params={{ project }} size="sm">
          {t('next.monitor')}
        </AnchorLink>
      )}
    </Group>
  );
}

function Acknowledge({ project, rule, title }: { project: string; rule: Rule; title: string }) {
  const { t } = useTranslation('alerts');
  const [opened, { open, close }] = useDisclosure();
  const [note, setNote] = useState('');
  const [author] = useAuthor();
  const acknowledge = useApiMutation('POST /api/projects/:project/alerts/:id/acknowledge');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { note: note.trim(), author: author.trim() };
    acknowledge.mutate({ params: { project, id: rule.id }, body }, { onSuccess: close });
  };
  return (
    <>
      <Button size="compact-sm" leftSection={<Eye size={14} aria-hidden />} onClick={open}>
        {t('acknowledge.action')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('acknowledge.title')}>
        <Stack component="form" onSubmit={submit}>
          <Text size="sm">{title}</Text>
          <Text size="sm" c="dimmed">
            {t('acknowledge.text')}
          </Text>
          <AuthorField required />
          <Textarea
            label={t('acknowledge.note')}
            autosize
            minRows={2}
            maxLength={2000}
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <DialogActions error={acknowledge.error} onCancel={close}>
            <Button type="submit" loading={acknowledge.isPending}>
              {t('acknowledge.action')}
            </Button>
          </DialogActions>
        </Stack>
      </Modal>
    </>
  );
}
