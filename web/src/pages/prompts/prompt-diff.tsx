import { ActionIcon, Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeftRight, Equal, GitCompare } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { contentText } from './content-text.ts';
import { sameContent } from './draft.ts';
import { LatestRate } from './latest-rate.tsx';
import classes from './prompt-diff.module.css';
import { PromptPage } from './prompt-page.tsx';
import type { PromptDetail, PromptVersion } from './prompt-version.ts';
import { useContentWords } from './use-content-words.ts';

const here = '/projects/$project/prompts/$prompt/diff';
const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }));

/** What differs between two versions of a prompt. */
export function PromptDiff() {
  const { t } = useTranslation('prompts');
  const params = useParams({ from: here });
  return (
    <PromptPage params={params} title={(prompt) => t('diff.title', { prompt })}>
      {(prompt) =>
        prompt.versions.length < 2 ? (
          <EmptyState icon={GitCompare} title={t('diff.one')}>
            {t('diff.oneText')}
          </EmptyState>
        ) : (
          <Compared project={params.project} prompt={prompt} />
        )
      }
    </PromptPage>
  );
}

function Compared({ project, prompt: { versions } }: { project: string; prompt: PromptDetail }) {
  const { t } = useTranslation('prompts');
  const search = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const find = (number: number | undefined) => versions.find((version) => version.number === number);
  const to = find(search.to) ?? versions.at(-1);
  const from = find(search.from) ?? find(to?.parent ?? undefined) ?? versions.at(-2);
  if (from === undefined || to === undefined) return null;
  const show = (next: { from: number; to: number }) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <Stack gap="sm">
      <div className={classes.sides}>
        <Side
          project={project}
          label={t('diff.from')}
          version={from}
          versions={versions}
          onChange={(number) => show({ from: number, to: to.number })}
        />
        <ActionIcon
          variant="default"
          size={34}
          aria-label={t('diff.swap')}
          title={t('diff.swap')}
          onClick={() => show({ from: to.number, to: from.number })}
        >
          <ArrowLeftRight size={16} />
        </ActionIcon>
        <Side
          project={project}
          label={t('diff.to')}
          version={to}
          versions={versions}
          onChange={(number) => show({ from: from.number, to: number })}
        />
      </div>
      <Difference from={from} to={to} />
    </Stack>
  );
}

type SideProps = {
  project: string;
  label: string;
  version: PromptVersion;
  versions: readonly PromptVersion[];
  onChange: (version: number) => void;
};

function Side({ project, label, version, versions, onChange }: SideProps) {
  const { t } = useTranslation('prompts');
  const nameOf = ({ number, note }: PromptVersion) =>
    note === '' ? t('version', { number }) : `${t('version', { number })}: ${note.slice(0, 60)}`;
  return (
    <div>
      <Select
        label={label}
        allowDeselect={false}
        data={versions.toReversed().map((item) => ({ value: String(item.number), label: nameOf(item) }))}
        value={String(version.number)}
        onChange={(value) => value !== null && onChange(Number(value))}
      />
      <Group gap={6} mt={4}>
        <LatestRate project={project} run={version.latestRun} />
      </Group>
    </div>
  );
}

function Difference({ from, to }: { from: PromptVersion; to: PromptVersion }) {
  const { t } = useTranslation('prompts');
  const words = useContentWords();
  const narrow = useMediaQuery('(max-width: 800px)', undefined, { getInitialValueInEffect: false });
  const search = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const view = search.view ?? (narrow ? 'inline' : 'side');
  if (sameContent(from.content, to.content)) {
    return (
      <EmptyState icon={Equal} title={t('diff.same')}>
        {t('diff.sameText')}
      </EmptyState>
    );
  }
  const side = ({ number, content }: PromptVersion) => ({
    label: t('version', { number }),
    text: contentText(content, words),
  });
  return (
    <section className={classes.view} aria-label={t('diff.label', { from: from.number, to: to.number })}>
      <Group justify="space-between" gap="xs" className={classes.legend}>
        <Text size="xs" c="dimmed">
          {t('diff.legend')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('diff.view')}
          data={[
            { value: 'side', label: t('diff.side') },
            { value: 'inline', label: t('diff.inline') },
          ]}
          value={view}
          onChange={(next) =>
            navigate({
              search: (before) => ({ ...before, view: next === 'side' ? 'side' : 'inline' }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </Group>
      <Suspense fallback={<Skeleton height={400} />}>
        <DiffView from={side(from)} to={side(to)} unified={view === 'inline'} folded={t('diff.folded')} />
      </Suspense>
    </section>
  );
}
