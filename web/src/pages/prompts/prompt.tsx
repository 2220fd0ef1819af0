import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessageSquareText, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { DateTime } from '../../components/figures.tsx';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { DraftOffers } from './draft-notices.tsx';
import { FileNotice } from './file-notice.tsx';
import { LabelBadge } from './label-badge.tsx';
import type { PromptDetail, PromptVersion } from './prompt-version.ts';
import { VersionActions } from './version-actions.tsx';
import { VersionContent } from './version-content.tsx';
import { VersionTable } from './version-table.tsx';

/** A prompt: the history of its versions, and one of them to read. */
export function Prompt() {
  const { t } = useTranslation('prompts');
  const params = useParams({ from: '/projects/$project/prompts/$prompt' });
  const query = useApi('GET /api/projects/:project/prompts/:prompt', { params });
  const prompt = query.data;
  return (
    <>
      <PageHeader
        title={prompt?.name ?? params.prompt}
        subtitle={
          <AnchorLink to="/projects/$project/prompts" params={params} size="sm">
            {t('allPrompts')}
          </AnchorLink>
        }
      />
      <DraftOffers {...params} />
      <QueryState query={query}>
        {(found) =>
          found.versions.length === 0 ? <NoVersion {...params} /> : <History project={params.project} prompt={found} />
        }
      </QueryState>
    </>
  );
}

function NoVersion(params: { project: string; prompt: string }) {
  const { t } = useTranslation('prompts');
  return (
    <EmptyState
      icon={MessageSquareText}
      title={t('noVersion')}
      action={
        <ButtonLink
          to="/projects/$project/prompts/$prompt/edit"
          params={params}
          leftSection={<Plus size={16} aria-hidden />}
        >
          {t('history.writeFirst')}
        </ButtonLink>
      }
    >
      {t('history.noVersionText')}
    </EmptyState>
  );
}

function History({ project, prompt }: { project: string; prompt: PromptDetail }) {
  const { t } = useTranslation('prompts');
  const search = useSearch({ from: '/projects/$project/prompts/$prompt' });
  const navigate = useNavigate({ from: '/projects/$project/prompts/$prompt' });
  const asked =
    search.version === undefined
      ? prompt.versions.at(-1)
      : prompt.versions.find(({ number }) => number === search.version);
  const show = (version: number) => navigate({ search: { version }, resetScroll: false });
  return (
    <Stack gap="md">
      <FileNotice project={project} prompt={prompt.slug} newest={prompt.versions.at(-1)} onSaved={show} />
      <VersionTable project={project} prompt={prompt} shown={asked?.number ?? 0} onShow={show} />
      {asked === undefined ? (
        <EmptyState icon={MessageSquareText} title={t('history.noSuchVersion', { number: search.version })}>
          {t('history.noSuchVersionText', { count: prompt.versionCount })}
        </EmptyState>
      ) : (
        <VersionPanel project={project} prompt={prompt} version={asked} />
      )}
    </Stack>
  );
}

type PanelProps = { project: string; prompt: PromptDetail; version: PromptVersion };

function VersionPanel({ project, prompt, version }: PanelProps) {
  const { t } = useTranslation('prompts');
  return (
    <Paper component="section" aria-labelledby="shown-version">
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Group gap={6}>
            <Title order={2} id="shown-version">
              {t('version', { number: version.number })}
            </Title>
            {version.labels.map((label) => (
              <LabelBadge key={label} label={label} />
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t(version.parent === null ? 'history.first' : 'history.madeFrom', { parent: version.parent })}
            {version.author !== '' && ` · ${version.author}`} · <DateTime at={version.createdAt} />
          </Text>
        </div>
        <Group gap="xs">
          <VersionActions project={project} prompt={prompt.slug} version={version} versions={prompt.versions} />
        </Group>
      </Group>
      {version.note !== '' && (
        <Text mb="sm" maw={820}>
          {version.note}
        </Text>
      )}
      <VersionContent content={version.content} />
    </Paper>
  );
}
