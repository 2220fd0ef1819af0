import { Button, Group, Paper, Progress, Stack, Text, Textarea, Title } from '@mantine/core';
import { Check, SkipForward, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useHotkey } from '../../components/hotkey.ts';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { JudgeItemView } from './judge-item.tsx';
import classes from './judge-review.module.css';
import type { Reviewed, Sample } from './judge-review.tsx';

type Label = { passed: boolean | null; note: string };
type Props = { of: Reviewed; author: string; sample: Sample };

/** One output after another, by the keyboard: p passes, f fails, s passes over, u goes back. */
export function JudgeLabelling({ of, author, sample: { items } }: Props) {
  const { t } = useTranslation('judges');
  const [said, setSaid] = useState<ReadonlyMap<number, Label>>(new Map());
  const [again, setAgain] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const [error, setError] = useState<ApiError | null>(null);
  const { mutateAsync } = useApiMutation('POST /api/runs/:run/judges/:judge/labels');
  const labelOf = (at: number) => {
    const item = items[at];
    return item === undefined ? null : (said.get(item.result) ?? item.label);
  };
  const open = items.findIndex((_, at) => labelOf(at) === null);
  const at = again ?? (open === -1 ? items.length : open);
  const item = items[at];
  const labelled = items.filter((_, index) => labelOf(index) !== null).length;
  const goTo = (index: number | null) => {
    setAgain(index);
    setNote(index === null ? '' : (labelOf(index)?.note ?? ''));
  };

  const label = (passed: boolean | null) => {
    if (item === undefined) return;
    const { result } = item;
    setSaid((before) => new Map(before).set(result, { passed, note }));
    goTo(null);
    const { run, judge } = of;
    // Who labels has gone on to the next one: `mutate` would tell of the newest call alone.
    void mutateAsync({ params: { run, judge }, body: { result, passed, note, author } }).then(
      () => setError(null),
      (reason: ApiError) => {
        setSaid((before) => new Map([...before].filter(([labelledResult]) => labelledResult !== result)));
        setError(reason);
      },
    );
  };
  const back = () => {
    if (at > 0) goTo(at - 1);
  };
  useHotkey('p', t('pass'), () => label(true));
  useHotkey('f', t('fail'), () => label(false));
  useHotkey('s', t('skip'), () => label(null));
  useHotkey('u', t('undo'), back);
  return (
    <Paper component="section" aria-labelledby="labelling">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} id="labelling">
            {item === undefined ? t('done') : t('item', { number: at + 1, count: items.length })}
          </Title>
          <Text size="sm" aria-live="polite">
            {t('progress', { labelled, count: items.length })}
          </Text>
        </Group>
        <Progress value={items.length === 0 ? 0 : (100 * labelled) / items.length} aria-label={t('progressLabel')} />
        {error !== null && <ErrorAlert error={error} />}
        {item !== undefined && (
          <>
            <Item of={of} result={item.result} next={items[at + 1]?.result} />
            {again !== null && <Text size="sm">{t(`before.${saidOf(labelOf(at))}`)}</Text>}
            <Textarea
              label={t('note')}
              autosize
              minRows={1}
              maxRows={6}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </>
        )}
        <div className={classes.keys}>
          {item !== undefined && (
            <>
              <KeyButton keys="p" text={t('pass')} icon={<Check size={16} aria-hidden />} onClick={() => label(true)} />
              <KeyButton keys="f" text={t('fail')} icon={<X size={16} aria-hidden />} onClick={() => label(false)} />
              <KeyButton
                keys="s"
                text={t('skip')}
                icon={<SkipForward size={16} aria-hidden />}
                onClick={() => label(null)}
              />
            </>
          )}
          <KeyButton
            keys="u"
            text={t('undo')}
            icon={<Undo2 size={16} aria-hidden />}
            onClick={back}
            disabled={at === 0}
          />
        </div>
      </Stack>
    </Paper>
  );
}

const saidOf = (label: Label | null) => {
  if (label === null || label.passed === null) return 'skipped' as const;
  return label.passed ? ('passed' as const) : ('failed' as const);
};

/** The output, with the next one read ahead. */
function Item({ of: { run, judge }, result, next }: { of: Reviewed; result: number; next: number | undefined }) {
  const read = (id: number) => ({ params: { run, judge, result: id } });
  const query = useApi('GET /api/runs/:run/judges/:judge/items/:result', read(result), { staleTime: Infinity });
  useApi('GET /api/runs/:run/judges/:judge/items/:result', read(next ?? 0), {
    enabled: next !== undefined,
    staleTime: Infinity,
  });
  return <JudgeItemView query={query} />;
}

type KeyProps = { keys: string; text: string; icon: React.ReactNode; onClick: () => void; disabled?: boolean };

const KeyButton = ({ keys, text, icon, ...button }: KeyProps) => (
  <Button variant="default" leftSection={icon} rightSection={<KeyboardHint keys={keys} />} {...button}>
    {text}
  </Button>
);
