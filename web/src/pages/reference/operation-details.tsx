import { Group, Text, Title } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/copy-button.tsx';
import { curlOf, type Operation } from './openapi.ts';
import classes from './operation-details.module.css';
import { SchemaField, SchemaTree } from './schema-tree.tsx';

/** One operation: a line, and opened everything about it. */
export function OperationDetails({ operation }: { operation: Operation }) {
  const { id, method, path, summary } = operation;
  const box = useRef<HTMLDetailsElement>(null);
  const [named] = useState(() => location.hash === `#${id}`);
  const [open, setOpen] = useState(named);
  useEffect(() => {
    if (named) box.current?.scrollIntoView();
  }, [named]);
  const toggle = (now: boolean) => {
    setOpen(now);
    if (now) history.replaceState(history.state, '', `#${id}`);
  };
  return (
    <details
      ref={box}
      id={id}
      className={classes.root}
      open={open}
      onToggle={(event) => toggle(event.currentTarget.open)}
    >
      <summary className={classes.summary}>
        <ChevronRight size={14} aria-hidden className={classes.chevron} />
        <span className={classes.method} data-method={method}>
          {method}
        </span>
        <span className={classes.path}>{path}</span>
        <span className={classes.words}>{summary}</span>
      </summary>
      {open && <OperationBody operation={operation} />}
    </details>
  );
}

function OperationBody({ operation }: { operation: Operation }) {
  const { t } = useTranslation('apiReference');
  const { parameters, body, answer } = operation;
  const curl = curlOf(operation, location.origin);
  return (
    <div className={classes.body}>
      {parameters.length > 0 && (
        <Part title={t('parameters')}>
          <ul className={classes.list}>
            {parameters.map(({ name, in: place, required = false, schema = {} }) => (
              <SchemaField key={name} name={name} schema={schema} required={required} note={t(`in.${place}`)} />
            ))}
          </ul>
        </Part>
      )}
      {body !== null && (
        <Part title={t('body')}>
          <SchemaTree schema={body} />
        </Part>
      )}
      <Part title={t('answer', { status: answer.status })}>
        {answer.mediaType !== null && <Text size="sm">{answer.mediaType}</Text>}
        {answer.schema === null ? <Text size="sm">{t('noContent')}</Text> : <SchemaTree schema={answer.schema} />}
      </Part>
      <Part title={t('example')}>
        <Group align="flex-start" gap="xs" wrap="wrap">
          <pre className={classes.code}>{curl}</pre>
          <CopyButton text={curl} />
        </Group>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}
