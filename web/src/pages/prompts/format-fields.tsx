import { Button, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from './code-editor.tsx';
import type { DraftFormat } from './draft.ts';
import { readSchema, type SchemaProblem } from './json-schema-text.ts';

type Props = {
  format: DraftFormat;
  /** What the cases expect, where that is a choice of a few. */
  setLabels: readonly string[];
  onChange: (format: DraftFormat) => void;
};

const types = ['text', 'labels', 'json'] as const satisfies DraftFormat['type'][];

/** The kind of answer that a prompt asks for. */
export const FormatFields = memo(function FormatFields({ format, setLabels, onChange }: Props) {
  const { t } = useTranslation('prompts');
  const { type, labels, schema } = format;
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={t('content.format')}
        data={types.map((value) => ({ value, label: t(`format.type.${value}`) }))}
        value={type}
        onChange={(value) => onChange({ ...format, type: types.find((known) => known === value) ?? type })}
      />
      <Text size="sm" c="dimmed">
        {t(`format.help.${type}`)}
      </Text>
      {type === 'labels' && (
        <TagsInput
          label={t('format.labels')}
          description={t('format.labelsHelp')}
          value={labels}
          onChange={(next) => onChange({ ...format, labels: next })}
          error={labels.length < 2 ? t('format.fewLabels') : undefined}
        />
      )}
      {type === 'labels' && setLabels.some((label) => !labels.includes(label)) && (
        <Button
          variant="default"
          size="compact-sm"
          style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
          onClick={() => onChange({ ...format, labels: [...setLabels] })}
        >
          {t('format.takeLabels', { labels: setLabels.join(', ') })}
        </Button>
      )}
      {type === 'json' && <SchemaField schema={schema} onChange={(next) => onChange({ ...format, schema: next })} />}
    </Stack>
  );
});

type SchemaProps = { schema: string; onChange: (schema: string) => void };

function SchemaField({ schema, onChange }: SchemaProps) {
  const { t } = useTranslation('prompts');
  const keys = useId();
  const read = readSchema(schema);
  const problem = 'problem' in read ? read.problem : null;
  const line = problem?.kind === 'notJson' ? problem.line : null;
  return (
    <div>
      <CodeEditor
        label={t('format.schema')}
        value={schema}
        onChange={onChange}
        describedBy={keys}
        problemLines={line === null ? [] : [line]}
      />
      <Text id={keys} size="xs" c="dimmed">
        {t('edit.keys')}
      </Text>
      {problem !== null && <SchemaProblemText problem={problem} />}
    </div>
  );
}

function SchemaProblemText({ problem }: { problem: SchemaProblem }) {
  const { t } = useTranslation('prompts');
  const text =
    problem.kind === 'notObject'
      ? t('format.notObject')
      : t('format.notJson', { line: problem.line, reason: problem.reason });
  return (
    <Text size="sm" c="var(--w-fail)" mt={4} role="status">
      {text}
    </Text>
  );
}
