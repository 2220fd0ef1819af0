import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CommandBlock } from '../../../components/command-block.tsx';

/** What a program is given so that its traces come here, ready to be copied. */
export function SendTraces({ project }: { project: string }) {
  const { t } = useTranslation('traces');
  const shared = [
    `export OTEL_SERVICE_NAME=${project}`,
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin}`,
    'export OTEL_METRICS_EXPORTER=none',
    'export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true',
  ];
  const commands = [
    { name: t('send.node'), command: [...shared, 'export OTEL_EXPORTER_OTLP_PROTOCOL=http/json'].join('\n') },
    {
      name: t('send.python'),
      command: [
        ...shared,
        'export OTEL_TRACES_EXPORTER=otlp_json_http',
        'export OTEL_LOGS_EXPORTER=otlp_json_http',
      ].join('\n'),
    },
  ];
  return (
    <Stack gap="sm" w="100%" maw={820}>
      {commands.map(({ name, command }) => (
        <div key={name}>
          <Text size="sm" mb={4}>
            {name}
          </Text>
          <CommandBlock label={name} command={command} />
        </div>
      ))}
      <Text size="sm" c="dimmed">
        {t('send.release')}
      </Text>
    </Stack>
  );
}
