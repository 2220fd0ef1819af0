import { Group } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { apiQuery, queryClient, useApi } from '../../api/query.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { CaseInput } from './case-input.tsx';
import classes from './result-panel.module.css';
import { Attempts, Confidence, Messages, ResultFacts, Scores, ToolCalls } from './result-sections.tsx';
import { RetryResult } from './retry-result.tsx';
import { ReviewForm } from './review-form.tsx';
import { ResultComments } from './run-comments.tsx';
import { Section } from './section.tsx';
import { SidePanel } from './side-panel.tsx';
import { Expected, Output, type Result } from './verdict-text.tsx';

export type Detail = Answer<'GET /api/results/:id'>;
type Props = {
  project: string;
  run: Run;
  id: number;
  /** As the list beside it has it. */
  row: Result | undefined;
  position: string;
  /** Those that are gone to next, where they are known. */
  neighbours: readonly (number | undefined)[];
  onPrevious?: () => void;
  onNext?: () => void;
  onOpen: (id: number | undefined) => void;
};

/** All that is known of one result, and the place to note what it shows. */
export function ResultPanel({ project, run, id, row, position, neighbours, onPrevious, onNext, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const query = useApi('GET /api/results/:id', { params: { id } });
  usePrefetched(...neighbours);
  return (
    <SidePanel
      openKey={String(id)}
      title={
        <Group gap="xs" component="span">
          {t('result.title', { case: row?.caseKey ?? query.data?.caseKey ?? '…' })}
          {query.data !== undefined && <OutcomeBadge outcome={row?.outcome ?? query.data.outcome} />}
        </Group>
      }
      position={position}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={() => onOpen(undefined)}
      keys={[
        { keys: 'p', label: t('results:verdict.passed') },
        { keys: 'f', label: t('results:verdict.failed') },
        { keys: 'c', label: t('review.toCategory') },
        { keys: 'n', label: t('review.toNote') },
        { keys: 'm', label: t('comments:write') },
      ]}
    >
      <QueryState query={query}>
        {(detail) => <Body project={project} run={run} detail={detail} onOpen={onOpen} key={detail.id} />}
      </QueryState>
    </SidePanel>
  );
}

/** Going to the next one must not wait. */
function usePrefetched(...ids: (number | undefined)[]): void {
  const key = ids.filter((id) => id !== undefined).join();
  useEffect(() => {
    for (const id of key.split(',').filter((part) => part !== '')) {
      void queryClient.prefetchQuery(apiQuery('GET /api/results/:id', { params: { id: Number(id) } }));
    }
  }, [key]);
}

type BodyProps = { project: string; run: Run; detail: Detail; onOpen: (id: number) => void };

function Body({ project, run, detail, onOpen }: BodyProps) {
  const { t } = useTranslation('runs');
  const { caseKey, split, tags, repeat, review } = detail;
  return (
    <>
      <Group gap="xs" className={classes.about}>
        <AnchorLink
          to="/projects/$project/sets/$set"
          params={{ project, set: run.set }}
          search={{ version: run.setVersion, case: caseKey }}
          inherit
        >
          {t('result.toCase')}
        </AnchorLink>
        <span className="dim">
          {[
            t(`common:split.${split}`),
            ...tags,
            ...(run.settings.repeats > 1 ? [t('result.repeat', { repeat: repeat + 1 })] : []),
          ].join(' · ')}
        </span>
      </Group>
      <CaseInput variables={detail.variables} />
      <div className={classes.pair}>
        <Section title={t('result.expected')}>
          <div className={classes.box}>
            <Expected result={detail} />
          </div>
        </Section>
        <Section title={t('result.output')} action={detail.output !== null && <CopyButton text={detail.output} />}>
          <div className={classes.box}>
            <Output result={detail} />
          </div>
        </Section>
      </div>
      <ToolCalls toolCalls={detail.toolCalls} />
      <Scores scores={detail.scores} />
      <Confidence confidence={detail.confidence} />
      <Section title={t('review.title')}>
        <ReviewForm project={project} result={detail} onSaved={focusPanel} />
        <Group gap="xs" mt="xs">
          <ButtonLink
            to="/projects/$project/prompts/$prompt/edit"
            params={{ project, prompt: run.prompt }}
            search={{ from: run.version, failures: run.id, category: review?.category || undefined }}
            size="xs"
            variant="default"
            leftSection={<Pencil size={14} aria-hidden />}
          >
            {t('newVersion')}
          </ButtonLink>
          <RetryResult run={run} id={detail.id} onOpen={onOpen} />
        </Group>
      </Section>
      <ResultComments project={project} run={run} result={detail} />
      <Messages messages={detail.messages} />
      <ResultFacts detail={detail} />
      <Attempts detail={detail} />
    </>
  );
}

/** Back to where the keys for the next and the previous one work. */
const focusPanel = () => {
  const heading = document.querySelector('aside h3');
  if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
};
