import { MultiSelect, Paper, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { CostSearch } from '../../app/routes/cost-search.ts';
import { formatNumber } from '../../components/format.ts';
import classes from './costs.module.css';
import { CountText } from './count-text.tsx';
import { MeasuredChoice } from './measured-choice.tsx';
import { type Change, defaults, type Plan, resized } from './plan.ts';
import { PlanNumber } from './plan-number.tsx';

type Props = { project: string | undefined; search: CostSearch; change: Change; plan: Plan | undefined };

/** How large a call is, how many there are, and how they are asked. */
export function CostForm({ project, search, change, plan }: Props) {
  const { t } = useTranslation('costs');
  const { from = defaults.from } = search;
  const sources = ['words', 'tokens', ...(project === undefined ? [] : (['run', 'release'] as const))] as const;
  const percent = (share: number | undefined) => (share === undefined ? undefined : Math.round(share * 10_000) / 100);
  return (
    <Paper component="section" aria-label={t('form.title')}>
      <Stack gap="sm">
        <Select
          label={t('form.from')}
          data={sources.map((value) => ({ value, label: t(`form.source.${value}`) }))}
          value={from}
          allowDeselect={false}
          onChange={(next) => {
            const source = sources.find((one) => one === next);
            if (source !== undefined) change(resized(search, source));
          }}
        />
        {from === 'words' || from === 'tokens' ? (
          <>
            <div className={classes.pair}>
              {(['in', 'out'] as const).map((side) => (
                <PlanNumber
                  key={side}
                  label={t(`form.${side}.${from}`)}
                  value={search[side] ?? defaults[side]}
                  max={10_000_000}
                  allowDecimal={false}
                  onChange={(value) => change({ [side]: value })}
                />
              ))}
            </div>
            <Text size="xs" c="dimmed">
              {t('form.ruleOfThumb')}
            </Text>
            <CountText search={search} change={change} />
          </>
        ) : (
          project !== undefined && <MeasuredChoice project={project} from={from} search={search} change={change} />
        )}
        <PlanNumber
          label={t('form.calls')}
          value={search.calls ?? defaults.calls}
          max={1_000_000_000_000}
          allowDecimal={false}
          onChange={(calls) => change({ calls })}
        />
        <SegmentedControl
          aria-label={t('form.per')}
          data={(['month', 'day'] as const).map((value) => ({ value, label: t(`form.period.${value}`) }))}
          value={search.per ?? defaults.per}
          onChange={(next) => change({ per: next === 'day' ? 'day' : 'month' })}
        />
        <PlanNumber
          label={t('form.cached')}
          description={t('form.cachedHelp')}
          placeholder={plan === undefined ? undefined : cachedNow(plan)}
          suffix=" %"
          max={100}
          optional
          value={percent(search.cached)}
          onChange={(value) => change({ cached: value === undefined ? undefined : value / 100 })}
        />
        <PlanNumber
          label={t('form.batch')}
          description={t('form.batchHelp')}
          suffix=" %"
          max={100}
          value={percent(search.batch ?? defaults.batch)}
          onChange={(value) => change({ batch: (value ?? 0) / 100 })}
        />
        <ModelChoice search={search} change={change} />
      </Stack>
    </Paper>
  );
}

/** The share that is counted where none is typed. */
function cachedNow({ usage: { inputTokens, cachedInputTokens } }: Plan): string {
  return `${formatNumber(inputTokens === 0 ? 0 : (100 * cachedInputTokens) / inputTokens, 1)} %`;
}

/** All models unless some are chosen. */
function ModelChoice({ search, change }: { search: CostSearch; change: Change }) {
  const { t } = useTranslation('costs');
  const all = useApi('GET /api/costs').data?.models.map(({ reference }) => reference) ?? [];
  const chosen = search.models?.split(',') ?? [];
  return (
    <MultiSelect
      label={t('form.models')}
      placeholder={chosen.length === 0 ? t('form.allModels') : undefined}
      data={[...new Set([...all, ...chosen])]}
      value={chosen}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('form.clearModels') }}
      nothingFoundMessage={t('form.noModel')}
      maxDropdownHeight={320}
      onChange={(models) => change({ models: models.length === 0 ? undefined : models.join(',') })}
    />
  );
}
