import { CloseButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { MessageSquareText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { usePanelFocus } from '../../components/panel-focus.ts';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { usePeople } from '../../components/use-people.ts';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import { ApprovalForm } from './approval-form.tsx';
import { CandidateFields } from './candidate-fields.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { NoEvidence } from './no-evidence.tsx';
import type { Candidate, Evidence } from './release.ts';
import { useCandidate } from './use-candidate.ts';

const WHILE_RUNNING_MS = 3_000;

/** Approves a version with its model, or puts it forward where there are people: what its runs say, then a person's word for it. */
export function ApprovePanel({ project, closable }: { project: string; closable: boolean }) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const heading = usePanelFocus(false);
  const candidate = useCandidate(project);
  const { open } = usePeople();
  const { prompt, version, model, runs, ready, error } = candidate;
  return (
    <Paper component="section" aria-labelledby="approve">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} id="approve" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {t(open === false ? 'approve.putForward' : 'approve.title')}
          </Title>
          <Text c="dimmed" mb="sm" maw={820}>
            {t('approve.text')}
          </Text>
        </div>
        {closable && (
          <CloseButton aria-label={t('common:close')} onClick={() => navigate({ search: {}, resetScroll: false })} />
        )}
      </Group>
      {ready && prompt === null ? (
        <NothingToApprove project={project} />
      ) : (
        <Stack gap="md">
          <CandidateFields project={project} candidate={candidate} />
          {error !== null && <ErrorAlert error={error} />}
          {prompt !== null && version !== null && model === null && ready && (
            <NoEvidence project={project} candidate={{ prompt, version, model }} runs={[]} />
          )}
          {prompt !== null && version !== null && model !== null && (
            <Weighed project={project} candidate={{ prompt, version, model }} runs={runs} />
          )}
        </Stack>
      )}
    </Paper>
  );
}

function NothingToApprove({ project }: { project: string }) {
  const { t } = useTranslation('releases');
  return (
    <EmptyState
      icon={MessageSquareText}
      title={t('approve.noVersion')}
      action={
        <ButtonLink to="/projects/$project/prompts" params={{ project }}>
          {t('approve.toPrompts')}
        </ButtonLink>
      }
    >
      {t('approve.noVersionText')}
    </EmptyState>
  );
}

type WeighedProps = { project: string; candidate: Candidate; runs: readonly Run[] };

function Weighed({ project, candidate, runs }: WeighedProps) {
  const withModel = runs.filter(({ model }) => model === candidate.model);
  const query = useApi(
    'POST /api/projects/:project/releases/evidence',
    { params: { project }, body: candidate },
    { refetchInterval: withModel.some(isUnderWay) ? WHILE_RUNNING_MS : false },
  );
  return (
    <QueryState query={query} height={160}>
      {(evidence) =>
        evidence.runs.length === 0 ? (
          <NoEvidence project={project} candidate={candidate} runs={withModel} />
        ) : (
          <Stack gap="md">
            <EvidenceView project={project} evidence={evidence} />
            <Remedies project={project} candidate={candidate} evidence={evidence} />
            <ApprovalForm key={JSON.stringify(candidate)} project={project} candidate={candidate} evidence={evidence} />
          </Stack>
        )
      }
    </QueryState>
  );
}

type RemedyProps = { project: string; candidate: Candidate; evidence: Evidence };

/** What can be done about evidence that is missing or was not asked for. */
function Remedies({ project, candidate, evidence: { criteria, runs } }: RemedyProps) {
  const { t } = useTranslation('releases');
  const noHoldout = criteria.some(({ name, state }) => name === 'pass_rate' && state === 'no_evidence');
  const notAsked = criteria.some(({ state }) => state === 'not_asked');
  if (!noHoldout && !notAsked) return null;
  return (
    <Group gap="md">
      {noHoldout && (
        <AnchorLink
          to="/projects/$project/runs/new"
          params={{ project }}
          search={{ ...candidate, set: runs[0]?.evalSet, split: 'holdout' }}
        >
          {t('approve.runHoldout', candidate)}
        </AnchorLink>
      )}
      {notAsked && (
        <AnchorLink to="/projects/$project/scope" params={{ project }}>
          {t('approve.toScope')}
        </AnchorLink>
      )}
    </Group>
  );
}
