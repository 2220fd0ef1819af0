import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../components/error-text.ts';
import type { OfferedVariable } from './code-completion.ts';
import { CodeEditor } from './code-editor.tsx';
import { type DraftMessage, moved, withMessage } from './draft.ts';
import classes from './message-editor.module.css';
import { roles } from './prompt-version.ts';
import type { PromptCheck } from './use-checks.ts';
import type { PreviewProblem } from './use-preview.ts';

type Props = {
  messages: readonly DraftMessage[];
  onChange: (messages: DraftMessage[]) => void;
  known: readonly string[] | null;
  offered: readonly OfferedVariable[];
  problems: readonly PreviewProblem[];
  checks: readonly PromptCheck[];
};

/** The messages of a prompt, each with its role and its place. */
export function MessageEditor({ messages, onChange, ...rest }: Props) {
  const { t } = useTranslation('prompts');
  return (
    <Stack gap="sm">
      {messages.map((message, index) => (
        <MessageCard
          key={message.key}
          message={message}
          index={index}
          messages={messages}
          onChange={onChange}
          {...rest}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange(withMessage(messages))}
        >
          {t('edit.addMessage')}
        </Button>
      </div>
    </Stack>
  );
}

function MessageCard({
  message,
  index,
  messages,
  onChange,
  known,
  offered,
  problems,
  checks,
}: Props & { message: DraftMessage; index: number }) {
  const { t } = useTranslation('prompts');
  const errorText = useErrorText();
  const number = index + 1;
  const own = problems.filter((problem) => problem.message === index);
  const change = (part: Partial<DraftMessage>) => onChange(messages.with(index, { ...message, ...part }));
  return (
    <section className={classes.card} aria-label={t('edit.message', { number })}>
      <Group gap={6} mb={6} wrap="nowrap">
        <Select
          aria-label={t('edit.roleOf', { number })}
          size="xs"
          w={130}
          allowDeselect={false}
          data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={message.role}
          onChange={(value) => change({ role: roles.find((role) => role === value) ?? message.role })}
        />
        <Group gap={2} ml="auto" wrap="nowrap">
          <ActionIcon
            className={classes.tool}
            variant="subtle"
            color="gray"
            aria-label={t('edit.moveUp', { number })}
            disabled={index === 0}
            onClick={() => onChange(moved(messages, index, index - 1))}
          >
            <ArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            className={classes.tool}
            variant="subtle"
            color="gray"
            aria-label={t('edit.moveDown', { number })}
            disabled={index === messages.length - 1}
            onClick={() => onChange(moved(messages, index, index + 1))}
          >
            <ArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            className={classes.tool}
            variant="subtle"
            color="gray"
            aria-label={t('edit.removeMessage', { number })}
            disabled={messages.length === 1}
            onClick={() => onChange(messages.toSpliced(index, 1))}
          >
            <Trash2 size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <CodeEditor
        label={t('edit.contentOf', { number, role: t(`role.${message.role}`) })}
        value={message.content}
        onChange={(content) => change({ content })}
        known={known}
        offered={offered}
        problemLines={own.flatMap(({ line }) => (line === null ? [] : [line]))}
        hintLines={checks.flatMap(({ message: of, line }) => (of === index && line !== null ? [line] : []))}
        placeholder={t(`edit.placeholder.${message.role}`)}
      />
      {own.map((problem) => (
        <Text key={`${problem.line} ${problem.text}`} className={classes.problem} role="status">
          {problem.line === null
            ? errorText({ ...problem, message: problem.text })
            : t('edit.problemAt', { line: problem.line, text: errorText({ ...problem, message: problem.text }) })}
        </Text>
      ))}
    </section>
  );
}
