import { Paper, SimpleGrid } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { DateTime, Money } from '../../components/figures.tsx';
import { formatDateTime, formatDuration, formatNumber, formatPercent } from '../../components/format.ts';
import type { Run } from '../../components/use-runs.ts';
import { type Fact, Facts } from './facts.tsx';
import classes from './run-facts.module.css';

/** What made this run what it is: all that one must know to make it again. */
export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  return (
    <Paper component="details" className={classes.root}>
      <summary>{t('facts.title')}</summary>
      <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="lg" mt="sm">
        <Facts facts={origin(run, t)} />
        <Facts facts={settings(run, t)} />
      </SimpleGrid>
    </Paper>
  );
}

type Texts = TFunction<'runs'>;

function origin(run: Run, t: Texts): Fact[] {
  const { temperature, topP, maxTokens, seed, stop, tools } = run.parameters;
  const toolNames = tools?.map((tool) => tool.function.name).join(' ');
  const parameters = { temperature, topP, maxTokens, seed, stop: stop && JSON.stringify(stop), tools: toolNames };
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : `${name} ${value}`));
  return [
    { name: t('facts.servedModel'), value: <span className="mono">{run.servedModel ?? t('facts.notSaid')}</span> },
    { name: t('facts.parameters'), value: given.length === 0 ? t('facts.modelDefaults') : given.join(', ') },
    { name: t('scorersLabel'), value: <span className="mono">{run.scorers.join(', ')}</span> },
    { name: t('facts.codeVersion'), value: <span className="mono">{run.codeVersion}</span> },
    { name: t('note'), value: run.note === '' ? t('settings.none') : run.note },
    { name: t('started'), value: <DateTime at={run.startedAt ?? run.createdAt} /> },
    { name: t('facts.ended'), value: run.endedAt === null ? t('facts.notYet') : formatDateTime(run.endedAt) },
  ];
}

function settings({ settings: set, split }: Run, t: Texts): Fact[] {
  const { maxErrors } = set;
  return [
    { name: t('splitLabel'), value: t(`common:split.${split}`) },
    { name: t('batches:mode.fact'), value: t(`batches:mode.${set.mode}`) },
    { name: t('settings.repeats'), value: formatNumber(set.repeats) },
    { name: t('settings.concurrency'), value: formatNumber(set.concurrency) },
    { name: t('settings.cache'), value: set.useCache ? t('settings.on') : t('settings.off') },
    {
      name: t('settings.maxCost'),
      value: set.maxCostUsd === null ? t('settings.none') : <Money usd={set.maxCostUsd} />,
    },
    {
      name: t('settings.maxErrors'),
      value: maxErrors.type === 'rate' ? formatPercent(maxErrors.value) : formatNumber(maxErrors.value),
    },
    {
      name: t('settings.threshold'),
      value: set.threshold === null ? t('scorers.each') : formatNumber(set.threshold, 2),
    },
    { name: t('settings.timeout'), value: formatDuration(set.timeoutMs) },
    {
      name: t('settings.stopAt'),
      value: set.stopAtRate === null ? t('settings.never') : formatPercent(set.stopAtRate),
    },
    ...modelFact(t('scorers.judgeModel'), set.judgeModel),
    ...modelFact(t('scorers.embeddingModel'), set.embeddingModel),
  ];
}

/** A model that scorers ask, where they ask one. */
const modelFact = (name: string, model: string | null): Fact[] =>
  model === null ? [] : [{ name, value: <span className="mono">{model}</span> }];
