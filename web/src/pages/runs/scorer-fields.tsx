import { Button, Group, NumberInput, Paper, Stack, Text, Title } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { DraftField, RunDraft, ScorerDraft } from './run-draft.ts';
import { ScorerRow } from './scorer-row.tsx';
import { type Scorer, useScorerTexts } from './scorer-texts.ts';

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
  const { about } = useScorerTexts();
  return (
    <Text size="sm">
      {t('scorers.automaticHelp')}{' '}
      {scorers.map(({ name }) => (
        <span key={name}>
          <strong className="mono">{name}</strong>
          <span className="dim"> {about(known.find((scorer) => scorer.name === name))}</span>
        </span>
      ))}
    </Text>
  );
}
