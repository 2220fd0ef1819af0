import { Button, Group, NumberInput, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { Sparkles } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { formatMoney, formatNumber } from '../../components/format.ts';
import { ModelSelect } from '../../components/model-select.tsx';
import { ProblemList } from '../../components/problem-list.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { useChosenSet, useStartSearch } from './first-basis.ts';
import type { CaseBasis } from './first-cases.tsx';
import { DraftingTable } from './first-drafting-table.tsx';
import { CaseDrafts } from './first-drafts.tsx';

export type Drafting = Answer<'GET /api/projects/:project/draftings'>['draftings'][number];

/** While drafts come, how often they are looked for, in milliseconds. */
const LOOK_MS = 700;
const USUAL = 10;
const MOST = 50;

/** Lets a model draft cases. They stay apart until a person decides on each. */
export function FirstDrafting(basis: CaseBasis) {
  const { t } = useTranslation('start');
  const { project } = basis;
  const query = useApi(
    'GET /api/projects/:project/draftings',
    { params: { project } },
    { refetchInterval: (data) => (data?.draftings.some(({ status }) => status === 'running') ? LOOK_MS : false) },
  );
  return (
    <Paper component="section" aria-labelledby="drafting">
      <Stack gap="sm">
        <Title order={2} id="drafting">
          {t('drafting.title')}
        </Title>
        <Text size="sm" maw={820}>
          {t('drafting.how')}
        </Text>
        <DraftingForm {...basis} />
        <QueryState query={query} height={80}>
          {({ draftings, drafts }) => (
            <>
              {draftings[0] !== undefined && <Newest drafting={draftings[0]} />}
              <CaseDrafts labels={basis.labels} drafts={drafts} draftings={draftings} />
              {draftings.length > 0 && <DraftingTable project={project} draftings={draftings} />}
            </>
          )}
        </QueryState>
      </Stack>
    </Paper>
  );
}

function DraftingForm({ project, set }: Pick<CaseBasis, 'project' | 'set'>) {
  const { t } = useTranslation('start');
  const [{ model = null, fields: ownFields, labels: ownLabels }, change] = useStartSearch();
  const [wanted, setWanted] = useState(USUAL);
  const [author] = useAuthor();
  const start = useApiMutation('POST /api/projects/:project/draftings');
  const { known } = useChosenSet(project);
  const own = { fields: ownFields?.length ? ownFields : undefined, labels: ownLabels };
  const estimate = useApi(
    'GET /api/projects/:project/drafting-estimate',
    { params: { project }, query: { set, model: model ?? '', wanted, ...own } },
    { enabled: model !== null && known, keepPrevious: true },
  );
  const begin = () => {
    if (model === null) return;
    start.mutate({
      params: { project },
      body: { set, model, wanted, ...own, author },
    });
  };
  return (
    <>
      <Group align="flex-end" gap="sm">
        <ModelSelect project={project} value={model} onChange={(next) => change({ model: next })} />
        <NumberInput
          label={t('drafting.wanted')}
          w={120}
          min={1}
          max={MOST}
          allowDecimal={false}
          clampBehavior="strict"
          value={wanted}
          onChange={(value) => typeof value === 'number' && value >= 1 && setWanted(value)}
        />
        <Button
          leftSection={<Sparkles size={16} aria-hidden />}
          disabled={model === null}
          loading={start.isPending}
          onClick={begin}
        >
          {t('drafting.start', { count: wanted })}
        </Button>
      </Group>
      {estimate.data !== undefined && model !== null && (
        <Text size="sm" c="dimmed">
          {t(estimate.data.costUsd === null ? 'drafting.estimateNoPrice' : 'drafting.estimate', {
            calls: estimate.data.calls,
            cost: formatMoney(estimate.data.costUsd),
            input: formatNumber(estimate.data.inputTokens),
            output: formatNumber(estimate.data.outputTokens),
          })}
        </Text>
      )}
      {estimate.error !== null && model !== null && <ErrorAlert error={estimate.error} />}
      {start.error !== null && <ErrorAlert error={start.error} />}
    </>
  );
}

/** How the newest drafting goes, or how it ended: what came, what it cost, and what could not be taken. */
function Newest({ drafting }: { drafting: Drafting }) {
  const { t } = useTranslation('start');
  const stop = useApiMutation('POST /api/draftings/:id/stop');
  const { id, status, model, wanted, counts, problems, costUsd, inputTokens, outputTokens } = drafting;
  const came = counts.open + counts.confirmed + counts.dropped;
  return (
    <Stack gap="xs">
      {status === 'running' && (
        <Group gap="sm" wrap="nowrap">
          <Progress
            value={(100 * came) / wanted}
            animated
            aria-label={t('drafting.progress')}
            style={{ flex: 1, maxWidth: 400 }}
          />
          <Button size="compact-sm" variant="default" onClick={() => stop.mutate({ params: { id } })}>
            {t('drafting.stop')}
          </Button>
        </Group>
      )}
      <Text size="sm" role="status">
        {t(`drafting.is.${status}`, { model, came, wanted })}{' '}
        {t(costUsd === null ? 'drafting.spentNoPrice' : 'drafting.spent', {
          cost: formatMoney(costUsd),
          input: formatNumber(inputTokens),
          output: formatNumber(outputTokens),
        })}
      </Text>
      {stop.error !== null && <ErrorAlert error={stop.error} />}
      {problems.length > 0 && (
        <section aria-label={t('drafting.problems')}>
          <Text size="sm" fw={600}>
            {t('drafting.problems')}
          </Text>
          <ProblemList problems={problems} />
        </section>
      )}
    </Stack>
  );
}
