import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useApi } from '../../api/query.ts';
import { IterationChart } from '../../components/iteration-chart.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { LabelsOrPrompt } from './labels-or-prompt.tsx';
import { NewestRuns } from './newest-runs.tsx';
import { ScopeSummary } from './scope-summary.tsx';

/** Where a project stands: its spine is above, here what it is measured by and what was run last. */
export function Overview() {
  const { project } = useParams({ from: '/projects/$project/' });
  const { data } = useApi('GET /api/projects/:project', { params: { project } });
  return (
    <>
      <PageHeader
        title={data?.name ?? project}
        subtitle={data?.scope ? <Text lineClamp={4}>{data.scope.problem}</Text> : undefined}
      />
      <Stack gap="lg">
        <IterationChart project={project} />
        <NewestRuns project={project} />
        <LabelsOrPrompt />
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <ScopeSummary project={project} scope={data?.scope ?? null} />
        </SimpleGrid>
      </Stack>
    </>
  );
}
