import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { FolderPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { DateTime } from '../../components/figures.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { LocalModelBanner } from '../../components/local-model-banner.tsx';
import { NextStep } from '../../components/next-step.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { StageMarks } from '../../components/stage-marks.tsx';
import { NewProject } from './new-project.tsx';
import { Welcome } from './welcome.tsx';

/** All projects with where each stands: the first page. */
export function Projects() {
  const { t } = useTranslation('projects');
  const query = useApi('GET /api/projects');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<NewProject />} />
      <LocalModelBanner projects={query.data?.projects.map(({ slug }) => slug) ?? []} />
      <Stack gap="lg">
        <Welcome />
        <QueryState query={query}>
          {({ projects }) =>
            projects.length === 0 ? (
              <EmptyState icon={FolderPlus} title={t('empty.title')}>
                {t('empty.text')}
              </EmptyState>
            ) : (
              <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
                {projects.map(({ slug, name, createdAt, scope, spine }) => (
                  <Paper key={slug} component="article">
                    <Title order={2}>
                      <AnchorLink to="/projects/$project" params={{ project: slug }} inherit>
                        {name}
                      </AnchorLink>
                    </Title>
                    {scope !== null && <Text lineClamp={2}>{scope.problem}</Text>}
                    <StageMarks stages={spine.stages} />
                    <NextStep project={slug} next={spine.next} />
                    <Text size="xs" c="dimmed" mt="xs">
                      {t('created')} <DateTime at={createdAt} />
                    </Text>
                  </Paper>
                ))}
              </SimpleGrid>
            )
          }
        </QueryState>
      </Stack>
    </>
  );
}
