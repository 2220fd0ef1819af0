import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './compare.module.css';
import type { Compared, ComparedCase } from './compare-reading.ts';
import { Change } from './compare-table.tsx';
import panel from './result-panel.module.css';
import { Scores } from './result-sections.tsx';
import { Section } from './section.tsx';
import { SidePanel } from './side-panel.tsx';
import { Expected, inputText, Output, type Result } from './verdict-text.tsx';

type Props = {
  compared: Compared;
  cases: readonly ComparedCase[];
  openKey: string;
  onOpen: (key: string | undefined) => void;
};

/** One case with all that both runs said of it. */
export function ComparePanel({ compared, cases, openKey, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const index = cases.findIndex(({ caseKey }) => caseKey === openKey);
  const shown = cases[index];
  const [previous, next] = [cases[index - 1], index < 0 ? undefined : cases[index + 1]];
  return (
    <SidePanel
      openKey={openKey}
      title={
        <Group gap="xs" component="span">
          {t('result.title', { case: openKey })} {shown !== undefined && <Change group={shown.group} />}
        </Group>
      }
      position={index < 0 ? '' : t('panel.position', { index: index + 1, count: cases.length })}
      onPrevious={previous && (() => onOpen(previous.caseKey))}
      onNext={next && (() => onOpen(next.caseKey))}
      onClose={() => onOpen(undefined)}
    >
      {shown === undefined ? (
        <p className="dim">{t('compare.notHere')}</p>
      ) : (
        <>
          <Section title={t('result.input')}>
            <div className={panel.box}>{inputText(shown)}</div>
          </Section>
          <Section title={t('result.expected')}>
            <div className={panel.box}>
              <Expected result={{ ...shown.b, outcome: 'passed' }} />
            </div>
          </Section>
          <div className={classes.both}>
            <Half side="A" run={compared.a} result={shown.a} />
            <Half side="B" run={compared.b} result={shown.b} />
          </div>
        </>
      )}
    </SidePanel>
  );
}

function Half({ side, run, result }: { side: 'A' | 'B'; run: Run; result: Result }) {
  const { t } = useTranslation('runs');
  return (
    <div className={classes.half}>
      <Section
        title={t('compare.side', { side, run: run.id, version: `${run.prompt}@${run.version}` })}
        action={<OutcomeBadge outcome={result.outcome} />}
      >
        <div className={panel.box}>
          <Output result={result} />
        </div>
        <AnchorLink
          to="/projects/$project/runs/$run"
          params={{ project: run.project, run: String(run.id) }}
          search={{ outcome: 'all', result: result.id }}
          size="sm"
        >
          {t('compare.toResult')}
        </AnchorLink>
      </Section>
      <Scores scores={result.scores} />
    </div>
  );
}
