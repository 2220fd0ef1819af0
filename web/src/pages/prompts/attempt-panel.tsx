import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { FlaskConical, OctagonAlert, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import { useErrorText } from '../../components/error-text.ts';
import { Duration, Money, Tokens } from '../../components/figures.tsx';
import { StandInBadge } from '../../components/stand-in-badge.tsx';
import classes from './attempt-panel.module.css';
import type { PromptContent } from './prompt-version.ts';
import type { Variables } from './subject.ts';
import { type Attempt, useAttempt } from './use-attempt.ts';
import { useStandIns } from './use-stand-ins.ts';

type Props = { project: string; content: PromptContent; variables: Variables; model: string | null };

/** Tries the draft on the chosen case; nothing is stored. */
export function AttemptPanel({ project, content, variables, model }: Props) {
  const { t } = useTranslation('prompts');
  const { attempt, start, stop } = useAttempt(project);
  const running = attempt.state === 'running';
  return (
    <div>
      <Group gap="xs">
        <Button
          variant="default"
          disabled={model === null || running}
          leftSection={<FlaskConical size={16} aria-hidden />}
          onClick={() => model !== null && start({ content, variables, model })}
        >
          {t('try.action')}
        </Button>
        {running && (
          <Button variant="default" leftSection={<Square size={14} aria-hidden />} onClick={stop}>
            {t('try.stop')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('try.notStored')}
        </Text>
      </Group>
      {attempt.state !== 'none' && <Outcome project={project} attempt={attempt} />}
    </div>
  );
}

type Started = Exclude<Attempt, { state: 'none' }>;

function Outcome({ project, attempt }: { project: string; attempt: Started }) {
  const { t } = useTranslation('prompts');
  const isStandIn = useStandIns(project);
  return (
    <section className={classes.outcome} aria-label={t('try.answer')} aria-busy={attempt.state === 'running'}>
      <Group gap={6} mb={4}>
        <span className="mono dim">{attempt.model}</span>
        {isStandIn(attempt.model) && <StandInBadge />}
        {attempt.state === 'running' && <Loader size={14} aria-label={t('try.running')} />}
        {attempt.state === 'stopped' && <Text size="xs">{t('try.stopped')}</Text>}
      </Group>
      {(attempt.text !== '' || attempt.state === 'done') && (
        <div className={`verbatim ${classes.text}`}>
          {attempt.text === '' ? <span className="dim">{t('try.nothing')}</span> : attempt.text}
        </div>
      )}
      {attempt.state === 'done' && <Figures done={attempt.done} />}
      {attempt.state === 'failed' && <Failed error={attempt.error} />}
    </section>
  );
}

function Figures({ done }: { done: Extract<Attempt, { state: 'done' }>['done'] }) {
  const { t } = useTranslation('prompts');
  return (
    <>
      <Group gap="md" mt={6} className={classes.figures} role="status">
        <Tokens input={done.inputTokens} output={done.outputTokens} />
        <span>
          {t('try.cost')} <Money usd={done.costUsd} />
        </span>
        <span>
          {t('try.latency')} <Duration ms={done.latencyMs} />
        </span>
        <span>
          {t('try.finish')} <span className="mono">{done.finishReason}</span>
        </span>
      </Group>
      {done.notes.length > 0 && (
        <ul className={classes.notes} aria-label={t('try.notes')}>
          {done.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Failed({ error }: { error: Extract<Attempt, { state: 'failed' }>['error'] }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const known = error instanceof ApiError ? error : new ApiError(0, { ...error, details: {} });
  return (
    <Alert role="alert" color="red" variant="light" mt={6} icon={<OctagonAlert size={18} />} title={t('error.title')}>
      <Text size="sm">{errorText(known)}</Text>
      <span className="mono dim">{known.code}</span>
    </Alert>
  );
}
