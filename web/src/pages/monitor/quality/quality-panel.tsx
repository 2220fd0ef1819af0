import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Settings2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { ChartFrame } from '../../../components/chart-frame.tsx';
import { DateTime } from '../../../components/figures.tsx';
import { formatInterval, formatNumber, formatPercent } from '../../../components/format.ts';
import { QueryState } from '../../../components/query-state.tsx';
import { ReleaseLegend } from '../release-legend.tsx';
import { REFRESH_MS } from '../use-observations.ts';
import { PromisedPanel } from './promised-panel.tsx';
import { type NameOf, type Quality, type ScoredPrompt, typedScorers } from './quality.ts';
import { QualityChart } from './quality-chart.tsx';
import { PointTable, ReleaseRates } from './quality-table.tsx';
import { ScoringDialog } from './scoring-dialog.tsx';

const ROUTE = '/projects/$project/monitor';
const DAY = 86_400_000;

type Props = {
  project: string;
  days: number;
  /** Prompts that have a release, as their slugs. */
  prompts: readonly string[];
  /** Whether calls came that name no release: any prompt may take those. */
  unreleased: boolean;
  /** Ids of all releases, oldest first. */
  known: readonly number[];
  nameOf: NameOf;
};

/** How many of production's scored calls pass, and what of it was promised: one prompt at a time. */
export function QualityPanel({ project, prompts, unreleased, ...rest }: Props) {
  const query = useApi(
    'GET /api/projects/:project/online-scoring',
    { params: { project } },
    { refetchInterval: REFRESH_MS },
  );
  const { prompt: wanted } = useSearch({ from: ROUTE });
  if (prompts.length === 0 && !unreleased) return null;
  return (
    <QueryState query={query} height={320}>
      {({ prompts: all }) => {
        const isScored = ({ generations }: ScoredPrompt) => generations.length > 0;
        const released = all.filter((one) => unreleased || isScored(one) || prompts.includes(one.prompt));
        const chosen = released.find(({ prompt }) => prompt === wanted) ?? released.find(isScored) ?? released[0];
        return chosen === undefined ? null : (
          <PromptQuality
            key={chosen.prompt}
            project={project}
            chosen={chosen}
            released={released}
            {...rest}
            isReleased={prompts.includes(chosen.prompt)}
          />
        );
      }}
    </QueryState>
  );
}

type PromptProps = Omit<Props, 'prompts' | 'unreleased'> & {
  chosen: ScoredPrompt;
  released: readonly ScoredPrompt[];
  isReleased: boolean;
};

function PromptQuality({ project, chosen, released, isReleased, days, known, nameOf }: PromptProps) {
  const { t } = useTranslation('quality');
  const [opened, { open, close }] = useDisclosure();
  const isScored = chosen.generations.length > 0;
  return (
    <>
      {isScored ? (
        <Stack gap="sm">
          <Choices chosen={chosen} released={released} onSettings={open} />
          <Shown project={project} chosen={chosen} days={days} known={known} nameOf={nameOf} />
        </Stack>
      ) : (
        <Paper component="section" aria-labelledby="quality-off">
          <Title order={2} id="quality-off">
            {t('off.title')}
          </Title>
          <Text size="sm" c="dimmed" mb="sm" maw={760}>
            {t('off.text')}
          </Text>
          <Group gap="sm" align="flex-end">
            <PromptSelect chosen={chosen} released={released} />
            <Button onClick={open}>{t('off.start')}</Button>
          </Group>
        </Paper>
      )}
      <ScoringDialog project={project} chosen={chosen} isReleased={isReleased} opened={opened} close={close} />
    </>
  );
}

function PromptSelect({ chosen, released }: Pick<PromptProps, 'chosen' | 'released'>) {
  const { t } = useTranslation('quality');
  const navigate = useNavigate({ from: ROUTE });
  if (released.length < 2) return null;
  return (
    <Select
      label={t('prompt')}
      data={released.map(({ prompt, name }) => ({ value: prompt, label: name }))}
      value={chosen.prompt}
      allowDeselect={false}
      w={200}
      onChange={(prompt) =>
        navigate({
          search: ({ generation: _, scorer: __, ...before }) => ({ ...before, prompt: prompt ?? undefined }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}

/** Which scorers' word is shown. */
function Choices({
  chosen,
  released,
  onSettings,
}: Pick<PromptProps, 'chosen' | 'released'> & { onSettings: () => void }) {
  const { t } = useTranslation('quality');
  const { generation, scorer } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const counted = chosen.generations.find(({ number }) => number === generation) ?? chosen.generations[0];
  const choose = (part: { generation?: number; scorer?: string }) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <Group gap="sm" align="flex-end">
      <PromptSelect chosen={chosen} released={released} />
      {chosen.generations.length > 1 && (
        <Select
          label={t('generation')}
          data={chosen.generations.map((one) => ({
            value: String(one.number),
            label: t('generationOf', { number: one.number, scorers: typedScorers(one) }),
          }))}
          value={String(counted?.number)}
          allowDeselect={false}
          w={300}
          onChange={(number) => choose({ generation: Number(number), scorer: undefined })}
        />
      )}
      {(counted?.typed.length ?? 0) > 1 && (
        <Select
          label={t('scorer')}
          data={[{ value: '', label: t('allScorers') }, ...(counted?.typed ?? [])]}
          value={counted?.typed.find((one) => one === scorer) ?? ''}
          allowDeselect={false}
          w={220}
          onChange={(value) => choose({ scorer: value || undefined })}
        />
      )}
      <Button variant="default" leftSection={<Settings2 size={16} aria-hidden />} onClick={onSettings}>
        {t('settings.open')}
      </Button>
    </Group>
  );
}

function Shown({ project, chosen, days, known, nameOf }: Omit<PromptProps, 'released' | 'isReleased'>) {
  const { generation, scorer, release } = useSearch({ from: ROUTE });
  const { prompt } = chosen;
  const query = useApi(
    'GET /api/projects/:project/prompts/:prompt/quality',
    { params: { project, prompt }, query: { days, generation, scorer } },
    { refetchInterval: REFRESH_MS, keepPrevious: true },
  );
  return (
    <>
      <QueryState query={query} height={320}>
        {(quality) => (
          <Rates
            project={project}
            chosen={chosen}
            days={days}
            known={known}
            nameOf={nameOf}
            scorer={scorer}
            quality={only(quality, release)}
            now={query.dataUpdatedAt}
          />
        )}
      </QueryState>
      <PromisedPanel project={project} prompt={prompt} promptName={chosen.name} days={days} nameOf={nameOf} />
    </>
  );
}

/** What was found of one release, where one alone is asked for. */
const only = (quality: Quality, release: number | undefined): Quality =>
  release === undefined
    ? quality
    : {
        ...quality,
        releases: quality.releases.filter((one) => one.release === release),
        points: quality.points.filter((one) => one.release === release),
      };

type RatesProps = Omit<PromptProps, 'released' | 'isReleased'> & {
  quality: Quality;
  scorer: string | undefined;
  now: number;
};

function Rates({ project, chosen, days, known, nameOf, quality, scorer, now }: RatesProps) {
  const { t } = useTranslation('quality');
  const { points, releases, moves, sliceMs, scoring } = quality;
  const lines = useMemo(
    () =>
      [...Map.groupBy(points, ({ release }) => release)].map(([release, own]) => ({
        release,
        name: nameOf(release),
        look: release === null ? known.length : Math.max(0, known.indexOf(release)),
        data: own.flatMap(({ from, to, rates: { passRate, interval, n } }) => {
          if (passRate === null || interval === null) return [];
          const x = (Date.parse(from) + Math.min(Date.parse(to), now)) / 2;
          const rate = { rate: formatPercent(passRate), interval: formatInterval(interval), n };
          return [{ x, y: passRate, yMin: interval[0], yMax: interval[1], said: [t('chart.point', rate)] }];
        }),
      })),
    [points, known, nameOf, now, t],
  );
  const marks = useMemo(
    () => moves.map(({ at, number }) => ({ at: Date.parse(at), label: t('chart.moved', { number }) })),
    [moves, t],
  );
  const span = useMemo(() => [now - days * DAY, now] as const, [now, days]);
  const summary = [
    ...releases.flatMap(({ release, rates: { passRate, interval, n } }) =>
      passRate === null || interval === null
        ? []
        : [
            t('chart.summary', {
              release: nameOf(release),
              rate: formatPercent(passRate),
              interval: formatInterval(interval),
              n: formatNumber(n),
            }),
          ],
    ),
    t('chart.bars'),
    ...(marks.length > 0 ? [t('chart.moves')] : []),
  ].join(' ');
  const isEmpty = lines.every(({ data }) => data.length === 0);
  return (
    <ChartFrame
      title={t('title')}
      summary={
        <>
          {summary} {scoring !== null && <Scored scoring={scoring} waiting={chosen.waiting} />}
        </>
      }
      height={isEmpty ? 60 : 280}
      actions={isEmpty ? null : <ReleaseLegend series={lines} nameOf={nameOf} label={t('monitor:chart.legend')} />}
      chart={
        isEmpty ? (
          <Text c="dimmed">{t('chart.none', { count: days })}</Text>
        ) : (
          <QualityChart summary={summary} lines={lines} marks={marks} sliceMs={sliceMs} span={span} />
        )
      }
      table={
        <>
          <ReleaseRates project={project} releases={releases} scorer={scorer} nameOf={nameOf} />
          {points.length > 0 && <PointTable points={points} sliceMs={sliceMs} nameOf={nameOf} />}
          {quality.unreleased > 0 && (
            <Text size="sm" c="dimmed" mt="xs">
              {t('unreleased', { count: quality.unreleased })}
            </Text>
          )}
        </>
      }
    />
  );
}

/** What scores, how large a share, and since or until when. */
function Scored({ scoring, waiting }: { scoring: NonNullable<Quality['scoring']>; waiting: number }) {
  const { t } = useTranslation('quality');
  const { share, endedAt, createdAt } = scoring;
  // The instant is an element of its own, as everywhere.
  const [before, after] = t(endedAt === null ? 'state.live' : 'state.ended', {
    share: formatPercent(share, share < 0.1 ? 1 : 0),
    scorers: typedScorers(scoring),
    at: '\u0000',
  }).split('\u0000');
  return (
    <>
      {before}
      <DateTime at={endedAt ?? createdAt} />
      {after} {waiting > 0 && t('state.waiting', { count: waiting })}
    </>
  );
}
