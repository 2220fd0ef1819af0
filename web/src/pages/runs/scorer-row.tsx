import { ActionIcon, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useErrorText } from '../../components/error-text.ts';
import type { DraftField, ScorerDraft } from './run-draft.ts';
import { ScorerSelect } from './scorer-select.tsx';
import { type Scorer, useScorerTexts } from './scorer-texts.ts';

const CHECK_AFTER_MS = 400;

type Props = {
  scorer: ScorerDraft;
  known: readonly Scorer[];
  /** Whether there are others, so that it may have a weight and a name. */
  weighted: boolean;
  change: (part: Partial<ScorerDraft>) => void;
  remove: () => void;
  messageAt: (field: DraftField) => string | undefined;
};

/** One scorer with its argument, which is checked while it is typed. */
export function ScorerRow({ scorer, known, weighted, change, remove, messageAt }: Props) {
  const { t } = useTranslation('runs');
  const texts = useScorerTexts();
  const about = known.find(({ name }) => name === scorer.name);
  const argument = about?.argument ?? null;
  const problem = useProblem(scorer);
  const argumentProps = {
    description: about === undefined ? '' : texts.argument(about),
    error: messageAt(`args:${scorer.id}`) ?? problem,
    required: argument?.needed ?? false,
    flex: '1 1 200px',
  };
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-start" wrap="wrap">
        <ScorerSelect known={known} value={scorer.name} onChange={(name) => change({ name, args: '' })} />
        {scorer.name === 'script' ? (
          <FileSelect value={scorer.args} onChange={(args) => change({ args })} {...argumentProps} />
        ) : (
          argument !== null && (
            <TextInput
              label={t('scorers.argument')}
              placeholder={t('scorers.example', { example: argument.example })}
              value={scorer.args}
              onChange={(event) => change({ args: event.currentTarget.value })}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              classNames={{ input: 'mono' }}
              {...argumentProps}
            />
          )
        )}
        {weighted && (
          <>
            <TextInput
              label={t('scorers.metric')}
              placeholder={t('scorers.metricPlaceholder')}
              value={scorer.metric ?? ''}
              onChange={(event) => change({ metric: event.currentTarget.value })}
              maxLength={40}
              w={120}
            />
            <NumberInput
              label={t('scorers.weight')}
              min={0}
              step={0.5}
              value={scorer.weight}
              onChange={(weight) => change({ weight })}
              error={messageAt(`weight:${scorer.id}`)}
              w={80}
            />
          </>
        )}
        <Checkbox
          label={t('scorers.negate')}
          checked={scorer.negate}
          onChange={(event) => change({ negate: event.currentTarget.checked })}
          mt={30}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          mt={22}
          aria-label={t('scorers.remove', { name: scorer.name })}
          onClick={remove}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Text size="xs" c="dimmed">
        {texts.about(about)}
      </Text>
    </Stack>
  );
}

/** What the server finds wrong with what was typed a moment ago; an empty argument is only wrong once the form is sent. */
function useProblem({ name, args, metric = '' }: ScorerDraft): string | undefined {
  const errorText = useErrorText();
  const spec = { name, args: args.trim(), ...(metric.trim() !== '' && { metric: metric.trim() }) };
  const [settled] = useDebouncedValue(JSON.stringify(spec), CHECK_AFTER_MS);
  const isTyped = args.trim() !== '' || metric.trim() !== '';
  const now = settled === JSON.stringify(spec);
  const { data } = useApi('POST /api/scorers/check', { body: spec }, { enabled: isTyped && now, staleTime: 60_000 });
  return data?.problem === null || data === undefined ? undefined : errorText(data.problem);
}

type FileProps = {
  value: string;
  onChange: (name: string) => void;
  description: string;
  error: string | undefined;
  required: boolean;
  flex: string;
};

/** A file of one's own. */
function FileSelect({ value, onChange, description, ...rest }: FileProps) {
  const { t } = useTranslation('runs');
  const { files = [], directory = '' } = useApi('GET /api/scorers').data ?? {};
  const chosen = files.find(({ name }) => name === value);
  return (
    <Select
      label={t('scorers.file')}
      description={
        files.length === 0 ? t('scorers.noFiles', { folder: directory }) : chosen?.description || description
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      // A text that an earlier run was held at can be named as well.
      data={[...new Set([...files.map(({ name }) => name), ...(value === '' ? [] : [value])])]}
      value={value === '' ? null : value}
      onChange={(name) => name !== null && onChange(name)}
      allowDeselect={false}
      classNames={{ input: 'mono' }}
      {...rest}
    />
  );
}
