import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useErrorText } from '../../../components/error-text.ts';
import { formatNumber } from '../../../components/format.ts';
import { useHotkey } from '../../../components/hotkey.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import classes from './audit.module.css';
import type { Audit } from './audit-report.ts';
import { AuditSources } from './audit-sources.tsx';
import { DecisionsPanel } from './decisions-panel.tsx';
import { LabelEffect } from './label-effect.tsx';
import { SuspectCard } from './suspect-card.tsx';
import { SuspectList } from './suspect-list.tsx';
import { useDecisions } from './use-decisions.ts';

const here = '/projects/$project/sets/$set/audit';
const PAGE = 100;
/** What the server lists at most: the labels of a set that doubtful are not mended one by one. */
const MOST = 1_000;

/** The labels of a set that are likely wrong: a person reads them one after another, by keyboard alone. */
export function LabelAudit() {
  const { t } = useTranslation('audit');
  const params = useParams({ from: here });
  const set = useApi('GET /api/projects/:project/sets/:set', { params });
  const [limit, setLimit] = useState(PAGE);
  const query = useApi(
    'GET /api/projects/:project/sets/:set/audit',
    { params, query: { limit } },
    { keepPrevious: true },
  );
  const isSlow = useIsSlow(query.isFetching);
  return (
    <>
      <PageHeader
        title={t('title', { set: set.data?.name ?? params.set })}
        subtitle={
          <AnchorLink to="/projects/$project/sets/$set" params={params} size="sm">
            {t('back')}
          </AnchorLink>
        }
      />
      {isSlow && (
        <Group gap="xs" role="status" mb="md">
          <Loader size="xs" />
          <Text size="sm">{t('comparing', { count: set.data?.caseCount ?? 0 })}</Text>
        </Group>
      )}
      <QueryState query={query} height={480}>
        {(audit) => (
          <Contents
            {...params}
            audit={audit}
            onMore={limit < MOST && audit.suspectCount > audit.suspects.length ? () => setLimit(limit + PAGE) : null}
            loading={query.isFetching}
          />
        )}
      </QueryState>
    </>
  );
}

/** Shown once it takes longer than a person would wait without a word. */
function useIsSlow(busy: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setIsSlow(true), 1_000);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [busy]);
  return isSlow;
}

type Props = {
  project: string;
  set: string;
  audit: Audit;
  /** Lists further suspects; null where there are none, or more than a person would read. */
  onMore: (() => void) | null;
  loading: boolean;
};

function Contents({ project, set, audit, onMore, loading }: Props) {
  const { t } = useTranslation('audit');
  const errorText = useErrorText();
  const own = useDecisions(project, set, audit.setVersion);
  if (audit.reason !== null) {
    return (
      <EmptyState icon={BadgeCheck} title={t('none')}>
        {errorText(audit.reason)}
      </EmptyState>
    );
  }
  const { suspects, suspectCount, cases, settled } = audit;
  return (
    <Stack gap="md">
      <UnsavedGuard when={own.decisions.size > 0} />
      <Text size="sm" maw={1000}>
        {t('intro')}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {t('counts', {
          suspects: formatNumber(suspectCount),
          cases: formatNumber(cases),
          settled: formatNumber(settled),
        })}{' '}
        {suspectCount > suspects.length && t('first', { shown: suspects.length })}{' '}
        {onMore !== null && (
          <Button size="compact-xs" variant="default" loading={loading} onClick={onMore}>
            {t('more', { count: Math.min(PAGE, suspectCount - suspects.length) })}
          </Button>
        )}
      </Text>
      {own.saved !== null && (
        <Text size="sm" role="status" c="var(--w-pass)">
          {t('decisions.saved', { ...own.saved, version: own.saved.setVersion })}
        </Text>
      )}
      {suspects.length === 0 ? (
        <EmptyState icon={BadgeCheck} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Reading project={project} audit={audit} own={own} />
      )}
      <LabelEffect project={project} set={set} decisions={own.decisions} />
      <AuditSources project={project} audit={audit} />
      {own.decisions.size > 0 && <DecisionsPanel own={own} version={audit.setVersion} />}
    </Stack>
  );
}

type ReadingProps = { project: string; audit: Audit; own: ReturnType<typeof useDecisions> };

/** The case that is read, beside the list it is from. */
function Reading({ project, audit, own }: ReadingProps) {
  const { t } = useTranslation('audit');
  const navigate = useNavigate({ from: here });
  const { case: asked } = useSearch({ from: here });
  const { suspects } = audit;
  const place = Math.max(
    0,
    suspects.findIndex(({ key }) => key === asked),
  );
  const suspect = suspects[place];
  const go = (to: number) => {
    const next = suspects[to];
    if (next === undefined) return;
    navigate({ search: (before) => ({ ...before, case: next.key }), replace: true, resetScroll: false });
  };
  const decide = (label: string) => {
    if (suspect === undefined) return;
    own.decide(suspect, label);
    go(place + 1);
  };
  useHotkey('j', t('action.next'), () => go(place + 1));
  useHotkey('k', t('action.previous'), () => go(place - 1));
  if (suspect === undefined) return null;
  return (
    <div className={classes.reading}>
      <SuspectCard
        project={project}
        audit={audit}
        suspect={suspect}
        decision={own.decisions.get(suspect.key)?.label ?? null}
        onDecide={decide}
        onUndo={() => own.undo(suspect.key)}
        place={
          <>
            <Button size="compact-sm" variant="default" disabled={place === 0} onClick={() => go(place - 1)}>
              {t('action.previous')}
            </Button>
            <Text size="sm" c="dimmed" className="nowrap" role="status">
              {t('place', { place: place + 1, count: suspects.length })}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={place === suspects.length - 1}
              onClick={() => go(place + 1)}
            >
              {t('action.next')}
            </Button>
          </>
        }
      />
      <SuspectList
        suspects={suspects}
        decisions={own.decisions}
        openKey={suspect.key}
        onOpen={({ key }) => go(suspects.findIndex((other) => other.key === key))}
      />
    </div>
  );
}
