import { Alert, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { Duration, Money, Tokens } from '../../../components/figures.tsx';
import { AnchorLink } from '../../../components/link.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { Transcript } from '../../../components/transcript.tsx';
import { valueText } from '../observation.ts';
import classes from './traces.module.css';
import type { Span, SpanContent } from './use-traces.ts';

type Props = { project: string; trace: string; span: Span | undefined; onClose: () => void };

/** What one span holds. All of it comes from elsewhere, so it is shown as the text that it is. */
export function SpanDrawer({ project, trace, span, onClose }: Props) {
  const { t } = useTranslation('traces');
  const query = useApi(
    'GET /api/projects/:project/traces/:trace/spans/:span',
    { params: { project, trace, span: span?.spanId ?? '' } },
    { enabled: span !== undefined },
  );
  return (
    <Drawer
      opened={span !== undefined}
      onClose={onClose}
      size="min(640px, 100vw)"
      title={span === undefined ? null : span.name || t('noName')}
    >
      {span !== undefined && (
        <Stack gap="md">
          <Figures span={span} />
          {span.error !== null && (
            <Alert bg="var(--w-fail-ground)" title={t('error')}>
              <span className="verbatim">{span.error || t('noReason')}</span>
            </Alert>
          )}
          <QueryState query={query}>
            {(content) => <Content project={project} span={span} content={content} />}
          </QueryState>
        </Stack>
      )}
    </Drawer>
  );
}

function Figures({ span }: { span: Span }) {
  const { t } = useTranslation('traces');
  const { type, model, inputTokens, outputTokens, cachedInputTokens } = span;
  return (
    <Group gap="4px 20px">
      <span>{t(`type.${type}`)}</span>
      <span>
        <span className="dim">{t('duration')}</span> <Duration ms={span.durationMs} />
      </span>
      <span>
        <span className="dim">{t('after')}</span> <Duration ms={span.startMs} />
      </span>
      {model !== null && <span className="mono">{model}</span>}
      {(inputTokens !== null || outputTokens !== null) && (
        <Tokens input={inputTokens ?? 0} output={outputTokens ?? 0} />
      )}
      {cachedInputTokens !== null && cachedInputTokens > 0 && <span>{t('cached', { count: cachedInputTokens })}</span>}
      {model !== null && (
        <span>
          <span className="dim">{t('cost')}</span> <Money usd={span.costUsd} />
        </span>
      )}
    </Group>
  );
}

function Content({ project, span, content }: { project: string; span: Span; content: SpanContent }) {
  const { t } = useTranslation('traces');
  const { servedModel, finishReason, input, output, attributes, events, observation } = content;
  const unanswered = span.type === 'model_call' && output.length === 0 && span.error === null;
  return (
    <>
      {(servedModel !== null || finishReason !== null) && (
        <Group gap="4px 20px">
          {servedModel !== null && <span>{t('served', { model: servedModel })}</span>}
          {finishReason !== null && <span>{t('finished', { reason: finishReason })}</span>}
        </Group>
      )}
      {observation !== null && (
        <AnchorLink to="/projects/$project/monitor" params={{ project }} search={{ observation }}>
          {t('observation', { id: observation })}
        </AnchorLink>
      )}
      {unanswered && (
        <Text size="sm" c="dimmed">
          {t('unanswered')}
        </Text>
      )}
      <Messages title={t('input')} messages={input} />
      <Messages title={t('output')} messages={output} />
      <Attributes title={t('attributes')} attributes={attributes} />
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event is the one at its place
        <section key={index}>
          <Title order={3} mb={4}>
            {t('event', { name: event.name })} <Duration ms={event.startMs} />
          </Title>
          <Attributes attributes={event.attributes} />
        </section>
      ))}
    </>
  );
}

function Messages({ title, messages }: { title: string; messages: SpanContent['input'] }) {
  if (messages.length === 0) return null;
  const turns = messages.map(({ role, content, toolCalls }) => ({
    role,
    content: [content, ...toolCalls.map((call) => `${call.name}(${JSON.stringify(call.arguments)})`)]
      .filter((text) => text !== '')
      .join('\n'),
  }));
  return (
    <section>
      <Title order={3} mb={4}>
        {title}
      </Title>
      <div className={classes.value}>
        <Transcript turns={turns} />
      </div>
    </section>
  );
}

function Attributes({ title, attributes }: { title?: string; attributes: SpanContent['attributes'] }) {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return null;
  return (
    <section>
      {title !== undefined && (
        <Title order={3} mb={4}>
          {title}
        </Title>
      )}
      <dl className={classes.attributes}>
        {entries.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className="mono">{name}</dt>
            <dd className="verbatim">{valueText(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
