import { Button, Checkbox, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { type ApiError, request } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { AuthorField } from '../../components/author-field.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatMoney } from '../../components/format.ts';
import { ModelSelect } from '../../components/model-select.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { GroupList } from './group-list.tsx';
import type { GroupDraft } from './suggested-group.tsx';
import { useReason } from './use-reason.ts';

export type Suggestion = Answer<'POST /api/runs/:run/failure-groups'>;

/** Groups that unsorted failures may fall into. What a person accepts is written with their name, and nothing else is. */
export function SuggestedGroups({ run }: { run: Run }) {
  const { t } = useTranslation('improve');
  const [asks, setAsks] = useState(false);
  const [model, setModel] = useState<string | null>(null);
  const reasonOf = useReason();
  const [drafts, setDrafts] = useState<readonly GroupDraft[]>([]);
  const grouping = useMutation<Suggestion, ApiError, string | null>({
    mutationFn: (by) => request('POST /api/runs/:run/failure-groups', { params: { run: run.id }, body: { model: by } }),
    onSuccess: ({ groups }) =>
      setDrafts(
        groups.map((group) => ({
          name: group.name ?? group.category ?? reasonOf(group),
          left: new Set(),
          accepted: false,
        })),
      ),
  });
  // By the program alone it costs nothing and writes nothing.
  const first = useEffectEvent(() => grouping.mutate(null));
  useEffect(() => first(), []);
  const suggestion = grouping.data;
  return (
    <Stack gap="md" miw={0}>
      <Paper component="section" aria-labelledby="grouping">
        <Stack gap="sm">
          <Title order={2} id="grouping">
            {t('groups.title')}
          </Title>
          <Text size="sm">{t('groups.how')}</Text>
          <Group align="flex-end" gap="sm">
            <AuthorField w={170} />
            <Checkbox
              label={t('groups.byModel')}
              checked={asks}
              onChange={(event) => setAsks(event.currentTarget.checked)}
              mb={8}
            />
            {asks && <ModelSelect project={run.project} label={t('groups.model')} value={model} onChange={setModel} />}
            <Button
              variant="default"
              loading={grouping.isPending}
              disabled={asks && model === null}
              onClick={() => grouping.mutate(asks ? model : null)}
            >
              {t(asks ? 'groups.ask' : 'groups.again')}
            </Button>
          </Group>
          {asks && (
            <Text size="sm" c="dimmed">
              {t('groups.sent')}{' '}
              {suggestion !== undefined && (
                <Estimate project={run.project} model={model} tokens={suggestion.namingTokens} />
              )}
            </Text>
          )}
          {grouping.error !== null && <ErrorAlert error={grouping.error} />}
          {suggestion !== undefined && <Found suggestion={suggestion} />}
        </Stack>
      </Paper>
      {suggestion === undefined && grouping.error === null && <Skeleton height={200} />}
      {suggestion?.groups.length === 0 && (
        <EmptyState icon={Layers} title={t(suggestion.unsorted === 0 ? 'groups.nothingOpen' : 'groups.none')}>
          {t(suggestion.unsorted === 0 ? 'groups.nothingOpenText' : 'groups.noneText')}
        </EmptyState>
      )}
      {suggestion !== undefined && (
        <GroupList
          key={grouping.submittedAt}
          run={run}
          groups={suggestion.groups}
          drafts={drafts}
          onDraft={(index, change) =>
            setDrafts((before) => before.map((draft, at) => (at === index ? { ...draft, ...change } : draft)))
          }
        />
      )}
    </Stack>
  );
}

type EstimateProps = { project: string; model: string | null; tokens: Suggestion['namingTokens'] };

/** About what the call takes, before it is made. */
function Estimate({ project, model, tokens: { input, output } }: EstimateProps) {
  const { t } = useTranslation('improve');
  const { data } = useApi('GET /api/models', { query: { project } });
  const price = data?.models.find(({ reference }) => reference === model)?.price ?? null;
  if (price === null) return t('groups.tokens', { count: input + output });
  const cost = (input * price.input + output * price.output) / 1_000_000;
  return t('groups.tokensCost', { count: input + output, cost: formatMoney(cost) });
}

/** What was compared, what is left over and what it cost. */
function Found({ suggestion: { groups, alone, compared, unsorted, costUsd } }: { suggestion: Suggestion }) {
  const { t } = useTranslation('improve');
  return (
    <Text size="sm" c="dimmed" role="status">
      {compared < unsorted
        ? t('groups.sampled', { count: compared, of: unsorted })
        : t('groups.compared', { count: compared })}{' '}
      {t('groups.found', { count: groups.length })} {t('groups.alone', { count: alone })}{' '}
      {costUsd === null ? t('groups.costUnknown') : costUsd > 0 ? t('groups.cost', { cost: formatMoney(costUsd) }) : ''}
    </Text>
  );
}
