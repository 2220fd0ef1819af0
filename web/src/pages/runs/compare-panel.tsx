import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import type { Run } from '../../components/use-runs.ts';
import { CaseInput } from './case-input.tsx';
import classes from './compare.module.css';
import { CompareOutput } from './compare-output.tsx';
import { type ComparedCase, letterOf } from './compare-reading.ts';
import { ChangeSign } from './compare-table.tsx';
import panel from './result-panel.module.css';
import { Scores } from './result-sections.tsx';
import { Section } from './section.tsx';
import { SidePanel } from './side-panel.tsx';
import { expectedText } from './verdict-text.tsx';

type Props = {
  runs: readonly Run[];
  cases: readonly ComparedCase[];
  /** How many there are, shown or not yet. */
  count: number;
  openKey: string;
  onOpen: (key: string | undefined) => void;
};

/** One case with all that the runs said of it. */
export function ComparePanel({ runs, cases, count, openKey, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const index = cases.findIndex(({ caseKey }) => caseKey === openKey);
  const shown = cases[index];
  const [previous, next] = [cases[index - 1], index < 0 ? undefined : cases[index + 1]];
  return (
    <SidePanel
      openKey={openKey}
      title={
        <Group gap="xs" component="span">
          {t('result.title', { case: openKey })} {shown !== undefined && <ChangeSign group={shown.group} />}
        </Group>
      }
      position={index < 0 ? '' : t('panel.position', { index: index + 1, count })}
      onPrevious={previous && (() => onOpen(previous.caseKey))}
      onNext={next && (() => onOpen(next.caseKey))}
      onClose={() => onOpen(undefined)}
    >
      {shown === undefined ? (
        <p className="dim">{t('compare.notHere')}</p>
      ) : (
        <>
          <CaseInput variables={shown.variables} />
          <Section title={t('result.expected')}>
            <div className={panel.box}>
              {expectedText(shown) === '' ? (
                <span className="dim">{t('result.nothingExpected')}</span>
              ) : (
                expectedText(shown)
              )}
            </div>
          </Section>
          <div className={classes.both}>
            {runs.map((run, place) => (
              <Answer key={run.id} run={run} shown={shown} place={place} />
            ))}
          </div>
        </>
      )}
    </SidePanel>
  );
}

function Answer({ run, shown, place }: { run: Run; shown: ComparedCase; place: number }) {
  const { t } = useTranslation('runs');
  const result = shown.results[place] ?? null;
  return (
    <div className={classes.half}>
      <Section
        title={t('compare.side', { side: letterOf(place), run: run.id, version: `${run.prompt}@${run.version}` })}
        action={result !== null && <OutcomeBadge outcome={result.outcome} />}
      >
        {result === null ? (
          <p className="dim">{t('compare:notRun')}</p>
        ) : (
          <>
            <div className={panel.box}>
              <CompareOutput result={result} baseline={shown.results[0]} />
            </div>
            <AnchorLink
              to="/projects/$project/runs/$run"
              params={{ project: run.project, run: String(run.id) }}
              search={{ outcome: 'all', result: result.id }}
              size="sm"
            >
              {t('compare.toResult')}
            </AnchorLink>
          </>
        )}
      </Section>
      {result !== null && <Scores scores={result.scores} />}
    </div>
  );
}
