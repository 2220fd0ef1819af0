import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../components/error-text.ts';
import type { OfferedVariable } from './code-completion.ts';
import { CodeEditor } from './code-editor.tsx';
import { type DraftMessage, moved, withMessage } from './draft.ts';
import classes from './message-editor.module.css';
import { roles } from './prompt-version.ts';
import type { PromptCheck } from './use-checks.ts';
import type { PreviewProblem } from './use-preview.ts';

type Change = (update: (messages: readonly DraftMessage[]) => DraftMessage[]) => void;
type Shared = { onChange: Change; known: readonly string[] | null; offered: readonly OfferedVariable[] };
type Props = Shared & {
  messages: readonly DraftMessage[];
  problems: readonly PreviewProblem[];
  checks: readonly PromptCheck[];
};

/** Where nothing is wrong: one list for all, so that a message is not drawn again for its sake. */
const nothing: readonly never[] = [];

/** The messages of a prompt, each with its role and its place. */
export function MessageEditor({ messages, onChange, problems, checks, ...rest }: Props) {
  const { t } = useTranslation('prompts');
  const problemsOf = useMemo(() => Map.groupBy(problems, ({ message }) => message), [problems]);
  const hintsOf = useMemo(() => {
    const lines = checks.flatMap(({ message, line }) => (line === null ? [] : [{ message, line }]));
    return new Map(
      [...Map.groupBy(lines, ({ message }) => message)].map(([message, own]) => [message, own.map(({ line }) => line)]),
    );
  }, [checks]);
  return (
    <Stack gap="sm">
      {messages.map((message, index) => (
        <MessageCard
          key={message.key}
          message={message}
          index={index}
          isLast={index === messages.length - 1}
          onChange={onChange}
          problems={problemsOf.get(index) ?? nothing}
          hints={hintsOf.get(index) ?? nothing}
          {...rest}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange(withMessage)}
        >
          {t('edit.addMessage')}
        </Button>
      </div>
    </Stack>
  );
}

type CardProps = Shared & {
  message: DraftMessage;
  index: number;
  isLast: boolean;
  problems: readonly PreviewProblem[];
  /** Lines of which a check says something. */
  hints: readonly number[];
};

/** Drawn again only where its own message changed: there may be dozens. */
const MessageCard = memo(function MessageCard(props: CardProps) {
  const { message, index, isLast, onChange, known, offered, problems, hints } = props;
  const { t } = useTranslation('prompts');
  const errorText = useErrorText();
  const number = index + 1;
  const change = (part: Partial<DraftMessage>) =>
    onChange((messages) => messages.map((one) => (one.key === message.key ? { ...one, ...part } : one)));
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
            onClick={() => onChange((messages) => moved(messages, index, index - 1))}
          >
            <ArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            className={classes.tool}
            variant="subtle"
            color="gray"
            aria-label={t('edit.moveDown', { number })}
            disabled={isLast}
            onClick={() => onChange((messages) => moved(messages, index, index + 1))}
          >
            <ArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            className={classes.tool}
            variant="subtle"
            color="gray"
            aria-label={t('edit.removeMessage', { number })}
            disabled={isLast && index === 0}
            onClick={() => onChange((messages) => messages.filter(({ key }) => key !== message.key))}
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
        problemLines={problems.flatMap(({ line }) => (line === null ? [] : [line]))}
        hintLines={hints}
        placeholder={t(`edit.placeholder.${message.role}`)}
      />
      {problems.map((problem) => (
        <Text key={`${problem.line} ${problem.text}`} className={classes.problem} role="status">
          {problem.line === null
            ? errorText({ ...problem, message: problem.text })
            : t('edit.problemAt', { line: problem.line, text: errorText({ ...problem, message: problem.text }) })}
        </Text>
      ))}
    </section>
  );
});
