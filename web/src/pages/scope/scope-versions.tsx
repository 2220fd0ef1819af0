import { Checkbox, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Equal, History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RestoreScope } from './restore-scope.tsx';
import classes from './scope.module.css';
import { ScopeDifference } from './scope-difference.tsx';
import { differingFields, type ScopeHistory, type ScopeVersion } from './scope-draft.ts';
import { ScopeVersionTable } from './scope-version-table.tsx';

const here = '/projects/$project/scope/versions';

/** The versions of a scope: who saved which and what changed, what any two differ in, what was released under them, and a way back. */
export function ScopeVersions() {
  const { t } = useTranslation('scope');
  const { project } = useParams({ from: here });
  const query = useApi('GET /api/projects/:project/scope-versions', { params: { project } });
  return (
    <>
      <PageHeader
        title={t('versions.title')}
        subtitle={
          <AnchorLink to="/projects/$project/scope" params={{ project }} size="sm">
            {t('versions.back')}
          </AnchorLink>
        }
      />
      <QueryState query={query} height={360}>
        {(history) =>
          history.versions.length === 0 ? (
            <EmptyState
              icon={History}
              title={t('versions.none')}
              action={
                <ButtonLink to="/projects/$project/scope" params={{ project }}>
                  {t('versions.write')}
                </ButtonLink>
              }
            >
              {t('versions.noneText')}
            </EmptyState>
          ) : (
            <Contents project={project} history={history} />
          )
        }
      </QueryState>
    </>
  );
}

function Contents({ project, history }: { project: string; history: ScopeHistory }) {
  const { t } = useTranslation('scope');
  const { versions } = history;
  const asked = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const [restoring, setRestoring] = useState<ScopeVersion | null>(null);
  const [restored, setRestored] = useState<{ number: number; restored: number } | null>(null);
  const find = (number: number | undefined) => versions.find((version) => version.number === number);
  const to = find(asked.to) ?? versions[0];
  const from = find(asked.from) ?? find((to?.number ?? 0) - 1) ?? to;
  const choose = (next: { from?: number; to?: number; all?: true }) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <Stack gap="md">
      <Text size="sm">{t('versions.intro')}</Text>
      {restored !== null && (
        <Text size="sm" role="status" c="var(--w-pass)">
          {t('restore.done', restored)}
        </Text>
      )}
      <ScopeVersionTable
        project={project}
        versions={versions}
        shown={to?.number ?? 0}
        onChanges={(number) => choose({ from: number - 1, to: number })}
        onRestore={setRestoring}
      />
      {versions.length > 1 && from !== undefined && to !== undefined && (
        <Compared versions={versions} from={from} to={to} all={asked.all === true} choose={choose} />
      )}
      {restoring !== null && (
        <RestoreScope
          project={project}
          version={restoring}
          history={history}
          onDone={(number) => {
            setRestored({ number, restored: restoring.number });
            setRestoring(null);
            choose({ from: number - 1, to: number });
          }}
          onClose={() => setRestoring(null)}
        />
      )}
    </Stack>
  );
}

type ComparedProps = {
  versions: readonly ScopeVersion[];
  from: ScopeVersion;
  to: ScopeVersion;
  all: boolean;
  choose: (next: { from?: number; to?: number; all?: true }) => void;
};

function Compared({ versions, from, to, all, choose }: ComparedProps) {
  const { t } = useTranslation('scope');
  const numbers = versions.map(({ number }) => String(number));
  const side = ({ number, scope }: ScopeVersion) => ({ label: t('version', { number }), scope });
  const same = differingFields(from.scope, to.scope).length === 0;
  return (
    <Paper component="section" className={classes.compared} aria-labelledby="compared">
      <Title order={2} id="compared">
        {t('versions.compare')}
      </Title>
      <Group gap="sm" align="flex-end">
        <Select
          label={t('versions.from')}
          w={140}
          allowDeselect={false}
          data={numbers}
          value={String(from.number)}
          onChange={(value) => choose({ from: Number(value), to: to.number })}
        />
        <Select
          label={t('versions.to')}
          w={140}
          allowDeselect={false}
          data={numbers}
          value={String(to.number)}
          onChange={(value) => choose({ from: from.number, to: Number(value) })}
        />
        <Checkbox
          label={t('versions.all')}
          checked={all}
          onChange={(event) => choose({ all: event.currentTarget.checked ? true : undefined })}
          py={8}
        />
      </Group>
      {same && !all ? (
        <EmptyState icon={Equal} title={t('versions.same')} />
      ) : (
        <ScopeDifference from={side(from)} to={side(to)} all={all} />
      )}
    </Paper>
  );
}
