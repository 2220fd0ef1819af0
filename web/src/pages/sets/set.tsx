import { Group, Select, Stack, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FileUp, FlaskConical, Play, ScanSearch } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatDateTime } from '../../components/format.ts';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SetCases } from './set-cases.tsx';
import { SetContents, type SetDetail } from './set-contents.tsx';
import { SetPower } from './set-power.tsx';

const here = '/projects/$project/sets/$set';

/** An evaluation set: what a version of it holds, and its cases. */
export function EvalSet() {
  const { t } = useTranslation('sets');
  const params = useParams({ from: here });
  const { version } = useSearch({ from: here });
  const query = useApi('GET /api/projects/:project/sets/:set', { params, query: { version } }, { keepPrevious: true });
  return (
    <>
      <PageHeader
        title={query.data?.name ?? params.set}
        subtitle={
          <AnchorLink to="/projects/$project/sets" params={params} size="sm">
            {t('allSets')}
          </AnchorLink>
        }
        actions={<Actions {...params} />}
      />
      <QueryState query={query} height={480}>
        {(set) => <Contents project={params.project} set={set} asked={version} />}
      </QueryState>
    </>
  );
}

function Actions({ project, set }: { project: string; set: string }) {
  const { t } = useTranslation('sets');
  return (
    <>
      <ButtonLink
        variant="default"
        to="/projects/$project/sets/$set/audit"
        params={{ project, set }}
        leftSection={<ScanSearch size={16} aria-hidden />}
      >
        {t('audit:open')}
      </ButtonLink>
      <ButtonLink
        variant="default"
        to="/projects/$project/sets"
        params={{ project }}
        search={{ import: true, set }}
        leftSection={<FileUp size={16} aria-hidden />}
      >
        {t('action.import')}
      </ButtonLink>
      <ButtonLink
        variant="default"
        to="/projects/$project/runs/new"
        params={{ project }}
        search={{ set }}
        leftSection={<Play size={16} aria-hidden />}
      >
        {t('action.run')}
      </ButtonLink>
    </>
  );
}

type ContentsProps = { project: string; set: SetDetail; asked: number | undefined };

function Contents({ project, set, asked }: ContentsProps) {
  const { t } = useTranslation('sets');
  const isOld = asked !== undefined && asked !== set.version;
  if (set.version === 0) {
    return (
      <EmptyState icon={FlaskConical} title={t('empty.title')}>
        {t('empty.text')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      {set.notes !== '' && (
        <Text size="sm" maw={1000} style={{ whiteSpace: 'pre-line' }}>
          {set.notes.trim()}
        </Text>
      )}
      <VersionChoice project={project} set={set} asked={asked} />
      <SetContents project={project} set={set} version={isOld ? asked : undefined} />
      {!isOld && <SetPower project={project} set={set.slug} />}
      <SetCases key={set.slug} project={project} set={set} old={isOld ? asked : null} />
    </Stack>
  );
}

function VersionChoice({ project, set, asked }: ContentsProps) {
  const { t } = useTranslation('sets');
  const navigate = useNavigate({ from: here });
  const isOldShown = asked !== undefined && asked !== set.version;
  const shown = set.versions.find(({ number }) => number === (asked ?? set.version));
  const about = shown && [shown.note, shown.author, formatDateTime(shown.createdAt)].filter((part) => part !== '');
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t('version.label')}
        w={240}
        allowDeselect={false}
        data={set.versions.toReversed().map(({ number, caseCount }) => ({
          value: String(number),
          label: t(number === set.version ? 'version.newest' : 'version.option', { number, count: caseCount }),
        }))}
        value={String(asked ?? set.version)}
        onChange={(value) =>
          navigate({
            search: (search) => ({ ...search, version: Number(value) === set.version ? undefined : Number(value) }),
            resetScroll: false,
          })
        }
      />
      {about !== undefined && (
        <Text size="sm" c="dimmed" pb={6}>
          {about.join(' · ')}
        </Text>
      )}
      <AnchorLink
        to="/projects/$project/sets/$set/versions"
        params={{ project, set: set.slug }}
        search={isOldShown ? { a: asked, b: set.version } : {}}
        size="sm"
        pb={6}
      >
        {t('setVersions:open')}
      </AnchorLink>
    </Group>
  );
}
