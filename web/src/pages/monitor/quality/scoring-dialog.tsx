import { Button, Checkbox, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../../api/query.ts';
import { AuthorField, useAuthor } from '../../../components/author-field.tsx';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { ErrorAlert } from '../../../components/query-state.tsx';
import type { ScorerDraft } from '../../runs/run-draft.ts';
import { withId } from '../../runs/scorer-fields.tsx';
import { ScorerRow } from '../../runs/scorer-row.tsx';
import type { ScoredPrompt } from './quality.ts';
import { RefusedScorers } from './refused-scorers.tsx';

type Props = {
  project: string;
  chosen: ScoredPrompt;
  /** Whether a release of the prompt is there. */
  isReleased: boolean;
  opened: boolean;
  close: () => void;
};

const daysBefore = [0, 1, 7, 30, 90] as const;
const addedScorer = { args: '', negate: false, weight: 1 };

/** Which scorers judge what share of a prompt's production calls. */
export function ScoringDialog({ project, chosen, isReleased, opened, close }: Props) {
  const { t } = useTranslation('quality');
  return (
    <Modal opened={opened} onClose={close} title={t('settings.title', { prompt: chosen.name })} size="xl">
      <Form project={project} chosen={chosen} isReleased={isReleased} close={close} />
    </Modal>
  );
}

function Form({ project, chosen, isReleased, close }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('quality');
  const newest = chosen.generations[0];
  const params = { project, prompt: chosen.prompt };
  const [author] = useAuthor();
  const [scorers, setScorers] = useState<readonly ScorerDraft[]>(() =>
    (newest?.scorers ?? chosen.proposed).map(withId),
  );
  const [unreleased, setUnreleased] = useState(newest?.unreleased ?? !isReleased);
  const [share, setShare] = useState<number | string>((newest?.share ?? 1) * 100);
  const [days, setDays] = useState(0);
  const [tried, setTried] = useState(false);
  const known = useOfferedScorers(project);
  const begin = useApiMutation('PUT /api/projects/:project/prompts/:prompt/online-scoring');
  const end = useApiMutation('DELETE /api/projects/:project/prompts/:prompt/online-scoring');
  const lacksArgument = ({ name, args }: ScorerDraft) =>
    args.trim() === '' && (known.find((one) => one.name === name)?.argument?.needed ?? false);
  const percent = share === '' ? Number.NaN : Number(share);
  const wrongShare = !(percent > 0 && percent <= 100);
  const change = (id: number, part: Partial<ScorerDraft>) => {
    begin.reset();
    setScorers((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)));
  };
  const add = () => {
    const unused = known.find(({ name }) => !scorers.some((one) => one.name === name)) ?? known[0];
    if (unused !== undefined) setScorers([...scorers, withId({ ...addedScorer, name: unused.name })]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrongShare || scorers.length === 0 || scorers.some(lacksArgument)) return;
    const asked = scorers.map(({ name, args, negate, metric }) => ({ name, args: args.trim(), negate, metric }));
    begin.mutate(
      { params, body: { scorers: asked, share: percent / 100, unreleased, days, author: author.trim() } },
      {
        onSuccess: ({ number }) => {
          notifications.show({ message: t('settings.done', { number }) });
          close();
        },
      },
    );
  };
  const isLive = newest?.endedAt === null;
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('settings.text')}</Text>
        <Stack gap="sm" role="group" aria-label={t('settings.scorers')}>
          <Text size="sm" c="dimmed">
            {t('settings.scorersHelp')}
          </Text>
          {scorers.map((scorer) => (
            <ScorerRow
              key={scorer.id}
              scorer={scorer}
              known={known}
              weighted={false}
              change={(part) => change(scorer.id, part)}
              remove={() => setScorers(scorers.filter(({ id }) => id !== scorer.id))}
              messageAt={(field) =>
                tried && field === `args:${scorer.id}` && lacksArgument(scorer)
                  ? t('settings.argumentNeeded')
                  : undefined
              }
            />
          ))}
          {tried && scorers.length === 0 && (
            <Text size="xs" c="var(--w-fail)" role="alert">
              {t('settings.needed')}
            </Text>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={add}
            w="fit-content"
          >
            {t('settings.add')}
          </Button>
          <RefusedScorers project={project} />
        </Stack>
        <Group gap="md" align="flex-start">
          <NumberInput
            label={t('settings.share')}
            description={t('settings.shareHelp')}
            min={0}
            max={100}
            decimalScale={2}
            value={share}
            onChange={setShare}
            error={tried && wrongShare ? t('settings.shareHelp') : undefined}
            w={200}
          />
          <Select
            label={t('settings.days')}
            description={t('settings.daysHelp')}
            data={daysBefore.map((count) => ({
              value: String(count),
              label: count === 0 ? t('settings.noDays') : t('settings.lastDays', { count }),
            }))}
            value={String(days)}
            allowDeselect={false}
            onChange={(value) => setDays(Number(value))}
            flex="1 1 260px"
          />
        </Group>
        <Checkbox
          label={t('settings.unreleased')}
          description={t('settings.unreleasedHelp')}
          checked={unreleased}
          onChange={(event) => setUnreleased(event.currentTarget.checked)}
        />
        <AuthorField w={280} />
        {begin.error !== null && <ErrorAlert error={begin.error} />}
        {end.error !== null && <ErrorAlert error={end.error} />}
        <Group justify="flex-end" gap="xs">
          {isLive && (
            <ConfirmButton
              title={t('settings.stopTitle')}
              text={t('settings.stopText', { prompt: chosen.name })}
              loading={end.isPending}
              mr="auto"
              onConfirm={() =>
                end.mutate(
                  { params },
                  {
                    onSuccess: () => {
                      notifications.show({ message: t('settings.stopped') });
                      close();
                    },
                  },
                )
              }
            >
              {t('settings.stop')}
            </ConfirmButton>
          )}
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={begin.isPending}>
            {isLive ? t('settings.change') : t('settings.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The scorers that production's calls may be judged by. */
function useOfferedScorers(project: string) {
  const { data: all } = useApi('GET /api/scorers');
  const { data: online } = useApi('GET /api/projects/:project/online-scoring', { params: { project } });
  const offered = new Set(online?.scorers.flatMap(({ name, refused }) => (refused === null ? [name] : [])));
  return all?.scorers.filter(({ name }) => offered.has(name)) ?? [];
}
