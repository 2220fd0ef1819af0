import { useParams, useSearch } from '@tanstack/react-router';
import { FlaskConical, ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useRuns } from '../../components/use-runs.ts';
import { emptyDraft } from './run-draft.ts';
import { RunForm } from './run-form.tsx';

const ROUTE = '/projects/$project/runs/new';

/** Starts a run: what is asked for stands in the address, the rest has defaults. */
export function NewRun() {
  const { t } = useTranslation('runs');
  const { project } = useParams({ from: ROUTE });
  const prompts = useApi('GET /api/projects/:project/prompts', { params: { project } });
  const sets = useApi('GET /api/projects/:project/sets', { params: { project } });
  const runs = useRuns(project, { limit: 1 });
  return (
    <>
      <PageHeader title={t('new.title')} subtitle={t('new.subtitle')} />
      <QueryState query={prompts}>
        {(prompts) => (
          <QueryState query={sets}>
            {(sets) => (
              <QueryState query={runs}>
                {({ runs }) => (
                  <Prefilled project={project} prompts={prompts.prompts} sets={sets.sets} lastRun={runs[0]} />
                )}
              </QueryState>
            )}
          </QueryState>
        )}
      </QueryState>
    </>
  );
}

type Props = {
  project: string;
  prompts: Answer<'GET /api/projects/:project/prompts'>['prompts'];
  sets: Answer<'GET /api/projects/:project/sets'>['sets'];
  lastRun: Answer<'GET /api/runs/:run'> | undefined;
};

/** The form with what the address says, else what was run last, else the first that there is. */
function Prefilled({ project, prompts, sets, lastRun }: Props) {
  const { t } = useTranslation('runs');
  const search = useSearch({ from: ROUTE });
  const prompt = pick(
    prompts.filter(({ versionCount }) => versionCount > 0),
    [search.prompt, lastRun?.prompt],
  );
  const set = pick(
    sets.filter(({ caseCount }) => caseCount > 0),
    [search.set, lastRun?.set],
  );
  if (prompt === undefined) {
    return (
      <EmptyState
        icon={ScrollText}
        title={t('new.noPrompt')}
        action={
          <ButtonLink to="/projects/$project/prompts" params={{ project }}>
            {t('new.toPrompts')}
          </ButtonLink>
        }
      >
        {t('new.noPromptText')}
      </EmptyState>
    );
  }
  if (set === undefined) {
    return (
      <EmptyState
        icon={FlaskConical}
        title={t('new.noSet')}
        action={
          <ButtonLink to="/projects/$project/sets" params={{ project }}>
            {t('new.toSets')}
          </ButtonLink>
        }
      >
        {t('new.noSetText')}
      </EmptyState>
    );
  }
  const first = {
    ...emptyDraft,
    prompt: prompt.slug,
    version: (prompt.slug === search.prompt && search.version) || null,
    set: set.slug,
    model: search.model ?? lastRun?.model ?? '',
    split: search.split ?? 'dev',
  };
  return <RunForm key={JSON.stringify(search)} project={project} first={first} />;
}

/** The first of the wanted ones that is there, else whichever comes first. */
function pick<Item extends { slug: string }>(items: readonly Item[], wanted: readonly (string | undefined)[]) {
  return wanted.flatMap((slug) => items.find((item) => item.slug === slug) ?? [])[0] ?? items[0];
}
