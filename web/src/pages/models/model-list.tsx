import { Group, Select, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { useCurrentProject } from '../../app/current-project.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { ModelTable } from './model-table.tsx';

type Project = Answer<'GET /api/projects'>['projects'][number];
type Tables = Answer<'GET /api/models'>['tables'];

/** The models that answer now, with what is known of each and whether a project's data may go there. */
export function ModelList() {
  const { t } = useTranslation('models');
  const { project: asked } = useSearch({ from: '/models' });
  const current = useCurrentProject();
  const projects = useApi('GET /api/projects').data?.projects;
  const project =
    projects?.find(({ slug }) => slug === (asked ?? current)) ?? (asked === undefined ? projects?.[0] : undefined);
  const query = useApi('GET /api/models', project === undefined ? {} : { query: { project: project.slug } }, {
    enabled: projects !== undefined,
    keepPrevious: true,
  });
  return (
    <section aria-labelledby="models">
      <Title order={2} id="models" mb="xs">
        {t('list.title')}
      </Title>
      {project !== undefined && <Privacy projects={projects ?? []} project={project} />}
      <QueryState query={query}>
        {({ models, tables }) =>
          models.length === 0 ? (
            <EmptyState icon={Unplug} title={t('list.none')}>
              {t('list.noneText')}
            </EmptyState>
          ) : (
            <Stack gap="xs">
              <ModelTable models={models} forProject={project !== undefined} />
              <Notes tables={tables} />
            </Stack>
          )
        }
      </QueryState>
    </section>
  );
}

/** Whose privacy setting counts, and what it says. */
function Privacy({ projects, project }: { projects: readonly Project[]; project: Project }) {
  const { t } = useTranslation('models');
  const navigate = useNavigate();
  const { slug, scope } = project;
  const says = scope === null ? 'noScope' : scope.dataMayLeave ? 'mayLeave' : 'stays';
  return (
    <Group gap="sm" align="flex-end" mb="sm">
      <Select
        label={t('privacy.label')}
        data={projects.map(({ slug: value, name: label }) => ({ value, label }))}
        value={slug}
        allowDeselect={false}
        onChange={(next) => next !== null && navigate({ to: '/models', search: { project: next }, replace: true })}
      />
      <Text size="sm" mb={6}>
        {t(`privacy.${says}`)}{' '}
        <AnchorLink to="/projects/$project/scope" params={{ project: slug }} inherit underline="always">
          {t('privacy.toScope')}
        </AnchorLink>
      </Text>
    </Group>
  );
}

/** Where the figures come from, and of which day they are. */
function Notes({ tables: { prices, facts } }: { tables: Tables }) {
  const { t } = useTranslation('models');
  return (
    <Stack gap={2} fz="xs" c="dimmed" maw={900}>
      <div>{t('list.speedNote')}</div>
      <div>
        {t('list.pricesNote', { date: prices.date })} <span lang="en">{prices.source}</span>{' '}
        <AnchorLink to="/settings" hash="prices" inherit underline="always">
          {t('list.ownPrices')}
        </AnchorLink>
      </div>
      <div>
        {t('list.factsNote', { date: facts.date })} <span lang="en">{facts.source}</span>
      </div>
    </Stack>
  );
}
