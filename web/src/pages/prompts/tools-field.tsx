import { Button, Text } from '@mantine/core';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from './code-editor.tsx';
import { exampleTools, readTools } from './tools-text.ts';

type Props = { tools: string; onChange: (tools: string) => void };

/** Tools that the model may call; an emptied field is none. */
export const ToolsField = memo(function ToolsField({ tools, onChange }: Props) {
  const { t } = useTranslation('prompts');
  const help = useId();
  const read = readTools(tools);
  const problem = 'problem' in read ? read.problem : null;
  if (tools === '') {
    return (
      <div>
        <Text size="sm" fw={500} mt="sm">
          {t('parameter.tools')}
        </Text>
        <Text size="xs" c="dimmed" mb={4}>
          {t('parameter.toolsHelp')}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => onChange(exampleTools)}>
          {t('parameter.toolsExample')}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <Text size="sm" fw={500} mt="sm" mb={4}>
        {t('parameter.tools')}
      </Text>
      <CodeEditor
        label={t('parameter.tools')}
        value={tools}
        onChange={onChange}
        describedBy={help}
        problemLines={problem?.kind === 'notJson' ? [problem.line] : []}
      />
      <Text id={help} size="xs" c="dimmed">
        {t('parameter.toolsHelp')}
      </Text>
      {problem !== null && (
        <Text size="sm" c="var(--w-fail)" mt={4} role="status">
          {problem.kind === 'notObject'
            ? t('parameter.notTools')
            : t('format.notJson', { line: problem.line, reason: problem.reason })}
        </Text>
      )}
    </div>
  );
});
