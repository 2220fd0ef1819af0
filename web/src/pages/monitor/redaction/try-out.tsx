import { Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { ErrorAlert } from '../../../components/query-state.tsx';
import classes from './redaction.module.css';
import type { Rules } from './rules-draft.ts';

/** Waits until somebody pauses in typing, in milliseconds. */
const PAUSE = 250;
const MOST = 100_000;

/** What the rules, as they are typed, leave of a text. The text goes to this workbench alone and is kept nowhere. */
export function TryOut({ project, rules, changed }: { project: string; rules: Rules; changed: boolean }) {
  const { t } = useTranslation('redaction');
  const [text, setText] = useState('');
  const [tried] = useDebouncedValue({ text, rules: JSON.stringify(rules) }, PAUSE);
  const query = useApi(
    'POST /api/projects/:project/redaction/try',
    { params: { project }, body: { text: tried.text, rules: JSON.parse(tried.rules) } },
    { enabled: tried.text !== '', keepPrevious: true, staleTime: Number.POSITIVE_INFINITY },
  );
  const shown = text === '' ? undefined : query.data;
  return (
    <Paper component="section" aria-labelledby="try" className={classes.try}>
      <Stack gap="sm">
        <Title order={2} id="try">
          {t('try.title')}
        </Title>
        <Textarea
          label={t('try.text')}
          description={t('try.help')}
          placeholder={t('try.example')}
          autosize
          minRows={4}
          maxRows={14}
          maxLength={MOST}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Text size="sm" fw={600} id="try-result">
          {t(changed ? 'try.resultUnsaved' : 'try.result')}
        </Text>
        {query.error !== null && text !== '' ? (
          <ErrorAlert error={query.error} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          <section aria-labelledby="try-result" tabIndex={0} className={classes.result}>
            {shown === undefined ? <span className="dim">{t('try.nothing')}</span> : <Marked text={shown.text} />}
          </section>
        )}
        <Text size="sm" c="dimmed" role="status">
          {shown === undefined
            ? ''
            : shown.counts.length === 0
              ? t('try.none')
              : shown.counts.map(({ name, count }) => `[${name}] × ${count}`).join(t('and'))}
        </Text>
      </Stack>
    </Paper>
  );
}

/** The text with what stands in place of something marked. */
function Marked({ text }: { text: string }) {
  const parts = text.split(/(\[[a-z][a-z0-9-]*(?: \d+)?\])/);
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing else that tells them apart
  return parts.map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}
