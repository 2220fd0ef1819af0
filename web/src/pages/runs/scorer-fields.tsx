import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import type { DraftField, RunDraft, ScorerDraft } from './run-draft.ts';

type Scorer = Answer<'GET /api/scorers'>['scorers'][number];
type Props = {
  draft: Pick<RunDraft, 'scorers' | 'threshold'>;
  /** Those that the server would choose, as specs; undefined before the plan is there, null where it chooses none. */
  automatic: readonly Omit<ScorerDraft, 'id'>[] | undefined | null;
  change: (part: Partial<Pick<RunDraft, 'scorers' | 'threshold'>>) => void;
  messageAt: (field: DraftField) => string | undefined;
  /** What the scorers ask. */
  children: React.ReactNode;
};

let nextId = 1;
export const withId = (scorer: Omit<ScorerDraft, 'id'>): ScorerDraft => ({ ...scorer, id: nextId++ });

/** How outputs are judged: by the scorers that suit the prompt and the set, or by ones of the person's own choice. */
export function ScorerFields({ draft, automatic, change, messageAt, children }: Props) {
  const { t } = useTranslation('runs');
  const known = useApi('GET /api/scorers').data?.scorers ?? [];
  const { scorers } = draft;
  const update = (id: number, part: Partial<ScorerDraft>) =>
    change({ scorers: scorers?.map((scorer) => (scorer.id === id ? { ...scorer, ...part } : scorer)) ?? null });
  const add = () => {
    const unused = known.find(({ name }) => !scorers?.some((scorer) => scorer.name === name)) ?? known[0];
    if (unused === undefined) return;
    change({ scorers: [...(scorers ?? []), withId({ name: unused.name, args: '', negate: false, weight: 1 })] });
  };
  return (
    <Paper>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('scorersLabel')}</Title>
          {automatic === null ? null : scorers === null ? (
            <Button
              size="compact-sm"
              variant="default"
              disabled={automatic === undefined}
              onClick={() => change({ scorers: automatic?.map(withId) ?? [] })}
            >
              {t('scorers.choose')}
            </Button>
          ) : (
            <Button size="compact-sm" variant="subtle" onClick={() => change({ scorers: null, threshold: '' })}>
              {t('scorers.automatic')}
            </Button>
          )}
        </Group>
        {scorers === null && <Automatic scorers={automatic ?? []} known={known} />}
        {scorers?.map((scorer) => (
          <ScorerRow
            key={scorer.id}
            scorer={scorer}
            known={known}
            weighted={scorers.length > 1}
            change={(part) => update(scorer.id, part)}
            remove={() => change({ scorers: scorers.filter(({ id }) => id !== scorer.id) })}
            messageAt={messageAt}
          />
        ))}
        {children}
        {messageAt('scorers') !== undefined && (
          <Text size="xs" c="var(--w-fail)" role="alert">
            {messageAt('scorers')}
          </Text>
        )}
        {scorers !== null && (
          <Group justify="space-between" align="flex-end">
            <Button size="compact-sm" variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={add}>
              {t('scorers.add')}
            </Button>
            {scorers.length > 1 && (
              <NumberInput
                label={t('scorers.threshold')}
                description={t('scorers.thresholdHelp')}
                placeholder={t('scorers.each')}
                min={0}
                max={1}
                step={0.05}
                value={draft.threshold}
                onChange={(threshold) => change({ threshold })}
                error={messageAt('threshold')}
                maw={320}
              />
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function Automatic({ scorers, known }: { scorers: readonly Omit<ScorerDraft, 'id'>[]; known: readonly Scorer[] }) {
  const { t } = useTranslation('runs');
  const describe = useDescription();
  return (
    <Text size="sm">
      {t('scorers.automaticHelp')}{' '}
      {scorers.map(({ name }) => (
        <span key={name}>
          <strong className="mono">{name}</strong>
          <span className="dim"> {describe(known.find((scorer) => scorer.name === name))}</span>
        </span>
      ))}
    </Text>
  );
}

/** What a scorer does, in the reader's language where that is written, else in the scorer's own words. */
function useDescription(): (scorer: Scorer | undefined) => string {
  const { t } = useTranslation('runs');
  return (scorer) =>
    scorer === undefined ? '' : t(`scorers.about.${scorer.name}`, { defaultValue: scorer.description });
}

type RowProps = {
  scorer: ScorerDraft;
  known: readonly Scorer[];
  weighted: boolean;
  change: (part: Partial<ScorerDraft>) => void;
  remove: () => void;
  messageAt: Props['messageAt'];
};

function ScorerRow({ scorer, known, weighted, change, remove, messageAt }: RowProps) {
  const { t } = useTranslation('runs');
  const describe = useDescription();
  const about = known.find(({ name }) => name === scorer.name);
  const argument = about?.argument ?? null;
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-end" wrap="wrap">
        <Select
          label={t('scorers.scorer')}
          data={known.map(({ name }) => name)}
          value={scorer.name}
          onChange={(name) => name !== null && change({ name, args: '' })}
          allowDeselect={false}
          w={150}
        />
        {argument !== null && (
          <TextInput
            label={t('scorers.argument')}
            placeholder={t('scorers.example', { example: argument.example })}
            value={scorer.args}
            onChange={(event) => change({ args: event.currentTarget.value })}
            required={argument.needed}
            error={messageAt(`args:${scorer.id}`)}
            classNames={{ input: 'mono' }}
            flex="1 1 200px"
          />
        )}
        {weighted && (
          <NumberInput
            label={t('scorers.weight')}
            min={0}
            step={0.5}
            value={scorer.weight}
            onChange={(weight) => change({ weight })}
            error={messageAt(`weight:${scorer.id}`)}
            w={90}
          />
        )}
        <Checkbox
          label={t('scorers.negate')}
          checked={scorer.negate}
          onChange={(event) => change({ negate: event.currentTarget.checked })}
          pb={7}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          aria-label={t('scorers.remove', { name: scorer.name })}
          onClick={remove}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Text size="xs" c="dimmed">
        {describe(about)}
      </Text>
    </Stack>
  );
}
