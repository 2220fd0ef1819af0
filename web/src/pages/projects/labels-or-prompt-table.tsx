import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { Duration, Money } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { ModelName } from '../../components/model-name.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { LabelAssumptionFields, useLabelAssumptions } from './label-assumptions.tsx';
import classes from './labels-or-prompt.module.css';
import type { BaselineReport } from './labels-or-prompt.tsx';

type Props = {
  project: string;
  baseline: NonNullable<BaselineReport['baseline']>;
  prompt: BaselineReport['prompt'];
};
type Row = { name: string; classifier: ReactNode; prompt: ReactNode };

const MS_PER_HOUR = 3_600_000;

/** Both ways side by side: how good, and what each takes in labels, time and money. */
export function LabelsOrPromptTable({ project, baseline, prompt }: Props) {
  const { t } = useTranslation('projects');
  const [assumptions, setAssumptions] = useLabelAssumptions();
  const rows = useRows({ project, baseline, prompt }, assumptions);
  return (
    <Stack gap="sm">
      <BoxedTable label={t('baseline.title')} className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('baseline.classifier')}</th>
            <th scope="col">{t('baseline.prompt')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, ...cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{cells.classifier}</td>
              <td>{prompt === null ? <span className="dim">–</span> : cells.prompt}</td>
            </tr>
          ))}
        </tbody>
      </BoxedTable>
      <Text size="xs" c="dimmed">
        {t('baseline.assumed')}
      </Text>
      <LabelAssumptionFields assumptions={assumptions} onChange={setAssumptions} />
    </Stack>
  );
}

function useRows({ project, baseline, prompt }: Props, assumptions: ReturnType<typeof useLabelAssumptions>[0]): Row[] {
  const { t } = useTranslation('projects');
  const { secondsPerLabel, minutesPerVersion, usdPerHour } = assumptions;
  const labelling = (labels: number) => labels * secondsPerLabel * 1_000;
  const writing = (prompt?.version ?? 0) * minutesPerVersion * 60_000 + labelling(prompt?.examples ?? 0);
  const judged = baseline.dev.n + (baseline.holdout?.n ?? 0);
  const cost = (ms: number) => <Money usd={(ms / MS_PER_HOUR) * usdPerHour} />;
  const forJudging = (
    <>
      {formatNumber(judged)}{' '}
      <span className="dim">
        · <Duration ms={labelling(judged)} />
      </span>
    </>
  );
  const asked = prompt === null ? 0 : prompt.done - prompt.cached;
  return [
    {
      name: t('baseline.what'),
      classifier: t('baseline.naiveBayes'),
      prompt: <What project={project} prompt={prompt} />,
    },
    {
      name: t('baseline.dev'),
      classifier: <RateWithInterval {...baseline.dev} />,
      prompt: prompt && <RateWithInterval {...prompt.dev} />,
    },
    {
      name: t('baseline.holdout'),
      classifier: baseline.holdout && <RateWithInterval {...baseline.holdout} />,
      prompt: prompt?.holdout ? (
        <RateWithInterval {...prompt.holdout} />
      ) : (
        <span className="dim">{t('baseline.notRun')}</span>
      ),
    },
    {
      name: t('baseline.labelsToAnswer'),
      classifier: formatNumber(baseline.labelsUsed),
      prompt: prompt && (prompt.examples === 0 ? '0' : t('baseline.examples', { count: prompt.examples })),
    },
    { name: t('baseline.labelsToJudge'), classifier: forJudging, prompt: forJudging },
    {
      name: t('baseline.personTime'),
      classifier: <Duration ms={labelling(baseline.labelsUsed)} />,
      prompt: prompt && (
        <>
          <Duration ms={writing} /> <span className="dim">{t('baseline.versions', { count: prompt.version })}</span>
        </>
      ),
    },
    { name: t('baseline.personCost'), classifier: cost(labelling(baseline.labelsUsed)), prompt: cost(writing) },
    {
      name: t('baseline.machineTime'),
      classifier: (
        <>
          <Duration ms={baseline.trainingMs} />{' '}
          <span className="dim">{t('baseline.models', { count: baseline.folds + 1 })}</span>
        </>
      ),
      prompt: prompt && (
        <>
          <Duration ms={prompt.wallMs} /> <span className="dim">{t('baseline.calls', { count: asked })}</span>
        </>
      ),
    },
    {
      name: t('baseline.callCost'),
      classifier: <Money usd={0} />,
      prompt: prompt && <Money usd={prompt.costUsdPer1000Calls} />,
    },
  ];
}

function What({ project, prompt }: Pick<Props, 'project' | 'prompt'>) {
  const { t } = useTranslation('projects');
  if (prompt === null) return null;
  const { run, version, model, standIn } = prompt;
  return (
    <Group gap={6}>
      <AnchorLink to="/projects/$project/runs/$run" params={{ project, run: String(run) }} inherit>
        {t('runs.versionText', { prompt: prompt.prompt, version })}
      </AnchorLink>
      <ModelName model={model} standIn={standIn} stacked />
    </Group>
  );
}
