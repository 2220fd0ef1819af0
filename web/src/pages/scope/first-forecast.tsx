import { Group, NumberInput, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { assumptionNames } from '../../app/routes/start.ts';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { formatMoney, formatNumber } from '../../components/format.ts';
import { ModelSelect } from '../../components/model-select.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { useChosenSet, useStartSearch } from './first-basis.ts';
import classes from './first-forecast.module.css';
import { SetChoice } from './first-set-choice.tsx';

type Forecast = Answer<'GET /api/projects/:project/forecast'>;
type Range = readonly [number, number];
type AssumptionName = (typeof assumptionNames)[number];

/** What a prompt will take against labels and training: in ranges, from assumptions that are there to be changed. */
export function FirstForecast({ project }: { project: string }) {
  const { t } = useTranslation('start');
  const [search, change] = useStartSearch();
  const { slug: set, known } = useChosenSet(project);
  const { assume, model, labels } = search;
  const fields = search.fields?.length === 0 ? undefined : search.fields;
  const given = Object.fromEntries(
    assumptionNames.map((name) => [name, search[name] === undefined ? undefined : rangeIn(search[name])]),
  );
  const query = useApi(
    'GET /api/projects/:project/forecast',
    { params: { project }, query: { set, assume, model, fields, labels, ...given } },
    { enabled: known, keepPrevious: true },
  );
  return (
    <Stack gap="md">
      <Text size="sm" maw={820}>
        {t('forecast.how')}
      </Text>
      <SetChoice project={project}>
        <ModelSelect
          project={project}
          label={t('forecast.model')}
          description={t('forecast.modelHelp')}
          value={model ?? null}
          onChange={(next) => change({ model: next })}
        />
      </SetChoice>
      <QueryState query={query}>
        {(forecast) => (
          <>
            <Ways forecast={forecast} />
            <AssumptionFields assumptions={forecast.assumptions} />
          </>
        )}
      </QueryState>
    </Stack>
  );
}

function rangeIn(written: string): [number, number] {
  const [first = 0, second = first] = written.split(',').map(Number);
  return [first, second];
}

function Ways({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('start');
  const { prompt, training, trained, holdoutNeeded, dev, holdout } = forecast;
  const rows = [
    { name: 'labels', show: (value: number) => formatNumber(value) },
    { name: 'hours', show: (value: number) => formatNumber(value, 1) },
    { name: 'personUsd', show: money },
    { name: 'calls', show: (value: number) => formatNumber(value) },
    { name: 'callsUsd', show: money },
    { name: 'totalUsd', show: money },
    { name: 'usdPer1000Calls', show: money },
  ] as const;
  return (
    <Paper component="section" aria-labelledby="forecast">
      <Stack gap="sm">
        <Title order={2} id="forecast">
          {t('forecast.title')}
        </Title>
        <Text size="sm">
          {holdoutNeeded === null
            ? t('forecast.noTarget', { dev, holdout })
            : t('forecast.basis', { dev, holdout, count: holdoutNeeded })}{' '}
          <CallText call={forecast.call} />
        </Text>
        {trained !== null && (
          <Text size="sm">
            {t('forecast.trained', { count: trained.labels })} <RateWithInterval {...trained} />{' '}
            {t(trained.enough ? 'forecast.trainedEnough' : 'forecast.trainedMore')}
          </Text>
        )}
        <BoxedTable label={t('forecast.table')} className={classes.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('forecast.prompt')}</th>
              <th scope="col">{t('forecast.training')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, show }) => (
              <tr key={name}>
                <th scope="row">
                  {t(`forecast.row.${name}`)}
                  <div className={classes.formula}>{t(`forecast.formula.${name}`)}</div>
                </th>
                <td>{rangeText(prompt[name], show)}</td>
                <td>{rangeText(training[name], show)}</td>
              </tr>
            ))}
          </tbody>
        </BoxedTable>
        <Text size="xs" c="dimmed">
          {t('forecast.assumed')}
        </Text>
      </Stack>
    </Paper>
  );
}

/** Two digits are known, so that cents of a larger sum are not. */
const money = (usd: number): string => (usd >= 10 ? formatMoney(usd).replace(/\.00$/, '') : formatMoney(usd));

function rangeText(range: Range | null, show: (value: number) => string): string {
  if (range === null) return '–';
  const [least, most] = range.map(show);
  return least === most ? `${least}` : `${least} – ${most}`;
}

function CallText({ call }: { call: Forecast['call'] }) {
  const { t } = useTranslation('start');
  if (call === null) return t('forecast.noCall');
  if (call.type === 'measured') return t('forecast.measuredCall', { cost: formatMoney(1_000 * call.usd) });
  const tokens = { input: formatNumber(call.inputTokens), output: formatNumber(call.outputTokens) };
  return t(call.price === null ? 'forecast.callNoPrice' : 'forecast.estimatedCall', tokens);
}

function AssumptionFields({ assumptions }: { assumptions: Forecast['assumptions'] }) {
  const { t } = useTranslation('start');
  return (
    <Paper component="section" aria-labelledby="assumptions">
      <Title order={2} id="assumptions" mb="xs">
        {t('forecast.assumptions')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {assumptionNames.map((name) => (
          <AssumptionField key={name} name={name} value={assumptions[name]} />
        ))}
      </SimpleGrid>
    </Paper>
  );
}

function AssumptionField({ name, value: [least, most] }: { name: AssumptionName; value: Range }) {
  const { t } = useTranslation('start');
  const [, change] = useStartSearch();
  const label = t(`forecast.assumption.${name}`);
  const field = (end: 'least' | 'most', value: number) => (
    <NumberInput
      aria-label={t(`forecast.${end}`, { name: label })}
      size="xs"
      w={110}
      min={0}
      max={1_000_000}
      decimalScale={2}
      value={value}
      onChange={(next) => {
        if (typeof next !== 'number') return;
        change({ [name]: end === 'least' ? `${next},${Math.max(next, most)}` : `${Math.min(least, next)},${next}` });
      }}
    />
  );
  return (
    <fieldset className={classes.assumption}>
      <legend>{label}</legend>
      <Group gap="xs" wrap="nowrap">
        {field('least', least)} – {field('most', most)}
      </Group>
    </fieldset>
  );
}
