import { Alert, Button, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Download, Tags, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import type { CostSearch } from '../../app/routes/cost-search.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { CostForm } from './cost-form.tsx';
import { CostResult } from './cost-result.tsx';
import classes from './costs.module.css';
import { type Change, questionOf } from './plan.ts';

const ROUTE = '/projects/$project/costs';
const AFTER_TYPING_MS = 200;

/** What calls would cost, whatever project they are for. */
export function Costs() {
  const navigate = useNavigate({ from: '/costs' });
  const search = useSearch({ from: '/costs' });
  const change = (part: CostSearch) =>
    navigate({ search: (before: CostSearch) => ({ ...before, ...part }), replace: true });
  return <Planner search={search} change={change} />;
}

/** The same within a project: its limits count, and its runs and releases say how large a call is. */
export function ProjectCosts() {
  const navigate = useNavigate({ from: ROUTE });
  const { project } = useParams({ from: ROUTE });
  const search = useSearch({ from: ROUTE });
  const change = (part: CostSearch) =>
    navigate({ search: (before: CostSearch) => ({ ...before, ...part }), replace: true });
  return <Planner project={project} search={search} change={change} />;
}

type Props = { project?: string; search: CostSearch; change: Change };

function Planner({ project, search, change }: Props) {
  const { t } = useTranslation('costs');
  const [settled] = useDebouncedValue(search, AFTER_TYPING_MS);
  const question = questionOf(settled, project);
  const query = useApi(
    'GET /api/costs',
    { query: question ?? {} },
    { enabled: question !== null, keepPrevious: question !== null },
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <ButtonLink to="/settings" hash="prices" variant="default" leftSection={<Tags size={16} aria-hidden />}>
              {t('toPrices')}
            </ButtonLink>
            {question !== null && (
              <Button
                component="a"
                href={urlOf('GET /api/costs.csv', { query: question })}
                download
                variant="default"
                leftSection={<Download size={16} aria-hidden />}
              >
                {t('csv')}
              </Button>
            )}
          </>
        }
      />
      <div className={classes.columns}>
        <Stack gap="md">
          {project === undefined && <ProjectChoice search={search} />}
          <CostForm
            project={project}
            search={search}
            change={change}
            plan={question === null ? undefined : query.data}
          />
        </Stack>
        <Stack gap="md" miw={0}>
          {question === null ? (
            <Text c="dimmed">{t(settled.from === 'run' ? 'chooseRun' : 'chooseRelease')}</Text>
          ) : (
            <QueryState query={query}>
              {(plan) => (
                <>
                  {plan.table.old && (
                    <Alert color="yellow" icon={<TriangleAlert size={18} aria-hidden />}>
                      {t('old', { date: plan.table.date, count: plan.table.ageDays })}
                    </Alert>
                  )}
                  <CostResult plan={plan} search={search} change={change} project={project} />
                </>
              )}
            </QueryState>
          )}
        </Stack>
      </div>
    </>
  );
}

/** Goes to the plan of a project, with all that is typed. */
function ProjectChoice({ search }: { search: CostSearch }) {
  const { t } = useTranslation('costs');
  const navigate = useNavigate();
  const projects = useApi('GET /api/projects').data?.projects ?? [];
  if (projects.length === 0) return null;
  return (
    <Select
      label={t('project.label')}
      description={t('project.help')}
      placeholder={t('project.none')}
      data={projects.map(({ slug: value, name: label }) => ({ value, label }))}
      value={null}
      onChange={(project) =>
        project !== null && navigate({ to: '/projects/$project/costs', params: { project }, search })
      }
    />
  );
}
