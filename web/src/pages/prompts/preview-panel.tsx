import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../components/error-text.ts';
import { formatMoney, formatNumber } from '../../components/format.ts';
import { ModelSelect } from '../../components/model-select.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { MessageList } from './message-list.tsx';
import classes from './preview-panel.module.css';
import type { Preview } from './use-preview.ts';

type Props = {
  project: string;
  preview: Preview;
  model: string | null;
  onModel: (model: string) => void;
  /** Chooses the case. */
  picker: React.ReactNode;
  /** Asks the model. */
  attempt: React.ReactNode;
};

/** What a model would be sent for the chosen case and what that would cost, beside the draft while it is written. */
export function PreviewPanel({ project, preview, model, onModel, picker, attempt }: Props) {
  const { t } = useTranslation('prompts');
  return (
    <Paper component="section" aria-labelledby="preview">
      <Title order={2} id="preview" mb="xs">
        {t('preview.title')}
      </Title>
      <Stack gap="sm">
        {picker}
        <Problems preview={preview} />
        <Group gap="sm" align="flex-end">
          <div className={classes.model}>
            <ModelSelect project={project} value={model} onChange={onModel} />
          </div>
          <Estimate preview={preview} model={model} />
        </Group>
        {attempt}
        <Rendered messages={preview.messages} outdated={preview.outdated} />
      </Stack>
    </Paper>
  );
}

/** What keeps the draft from being sent. */
function Problems({ preview: { answer, error } }: { preview: Preview }) {
  const { t } = useTranslation('prompts');
  const errorText = useErrorText();
  const problems = answer?.problems ?? [];
  return (
    <>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label={t('preview.problems')}>
          {problems.map((problem) => {
            const text = errorText({ ...problem, message: problem.text });
            const { message, line } = problem;
            return (
              <li key={`${message} ${line} ${text}`}>
                {message === null ? text : t('preview.problem', { number: message + 1, line: line ?? '–', text })}
              </li>
            );
          })}
        </ul>
      )}
      {error !== null && <ErrorAlert error={error} />}
    </>
  );
}

const Rendered = memo(function Rendered({ messages, outdated }: Pick<Preview, 'messages' | 'outdated'>) {
  const { t } = useTranslation('prompts');
  if (messages === null) return null;
  return (
    <div className={classes.rendered} data-outdated={outdated}>
      <Title order={3} mb={4}>
        {t('preview.messages')}
      </Title>
      {outdated && (
        <Text size="xs" c="dimmed" mb={4}>
          {t('preview.outdated')}
        </Text>
      )}
      <MessageList label={t('preview.messages')} messages={messages}>
        {({ content }) =>
          content === '' ? <span className="dim">{t('preview.empty')}</span> : <div className="verbatim">{content}</div>
        }
      </MessageList>
    </div>
  );
});

function Estimate({ preview: { answer }, model }: { preview: Preview; model: string | null }) {
  const { t } = useTranslation('prompts');
  if (answer === undefined) return null;
  const { inputTokens, outputTokens, costUsdPer1000Calls: cost } = answer;
  return (
    <Text size="sm" component="div" className={classes.estimate}>
      {t('preview.tokens', { input: formatNumber(inputTokens), output: formatNumber(outputTokens) })}
      <br />
      <span className="dim">
        {model === null
          ? t('preview.chooseModel')
          : cost === null
            ? t('preview.noPrice')
            : t('preview.cost', { cost: formatMoney(cost) })}
      </span>
    </Text>
  );
}
