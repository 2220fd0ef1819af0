import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageList } from './message-list.tsx';
import type { PromptContent } from './prompt-version.ts';
import { TemplateText } from './template-text.tsx';
import classes from './version-content.module.css';

/** What a version says to a model, to be read: messages, the answer that it asks for, parameters. */
export function VersionContent({ content }: { content: PromptContent }) {
  const { t } = useTranslation('prompts');
  return (
    <div className={classes.root}>
      <MessageList label={t('content.messages')} messages={content.messages}>
        {(message) => <TemplateText text={message.content} />}
      </MessageList>
      <Stack gap="md">
        <Part title={t('content.format')}>
          <Format format={content.responseFormat} />
        </Part>
        <Part title={t('content.parameters')}>
          <Parameters parameters={content.parameters} />
        </Part>
      </Stack>
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <Title order={3} mb={4}>
      {title}
    </Title>
    {children}
  </section>
);

function Format({ format }: { format: PromptContent['responseFormat'] }) {
  const { t } = useTranslation('prompts');
  switch (format.type) {
    case 'text':
      return <Text size="sm">{t('format.text')}</Text>;
    case 'labels':
      return (
        <Group gap={4}>
          <Text size="sm">{t('format.oneOf')}</Text>
          {format.labels.map((label) => (
            <Badge key={label} variant="default">
              {label}
            </Badge>
          ))}
        </Group>
      );
    case 'json':
      return (
        <>
          <Text size="sm">{t('format.json')}</Text>
          <div className={`verbatim ${classes.schema}`}>{JSON.stringify(format.schema, null, 2)}</div>
        </>
      );
  }
}

function Parameters({ parameters }: { parameters: PromptContent['parameters'] }) {
  const { t } = useTranslation('prompts');
  const { temperature, topP, maxTokens, seed, stop, tools, toolChoice } = parameters;
  const given = [
    [t('parameter.temperature'), temperature],
    [t('parameter.topP'), topP],
    [t('parameter.maxTokens'), maxTokens],
    [t('parameter.seed'), seed],
    [t('parameter.tools'), tools?.map((tool) => tool.function.name).join(', ')],
    [t('parameter.toolChoice'), toolChoice && (typeof toolChoice === 'string' ? toolChoice : toolChoice.function.name)],
  ] as const;
  const shown = given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  const rows =
    stop === undefined
      ? shown
      : [...shown, [t('parameter.stop'), stop.map((text) => JSON.stringify(text)).join(', ')] as const];
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('content.noParameters')}
      </Text>
    );
  return (
    <dl className={classes.parameters}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
