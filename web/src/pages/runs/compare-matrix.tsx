import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './compare.module.css';
import { matrixOf } from './compare-reading.ts';
import { RunLink } from './run-links.tsx';

/** Prompt versions by models: the pass rate of each cell, which opens its run. Nothing where there is only one of either. */
export function CompareMatrix({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation('compare');
  const { models, rows } = matrixOf(runs);
  if (models.length < 2 || rows.length < 2) return null;
  return (
    <Stack component="section" gap="xs" aria-labelledby="matrix">
      <Title order={2} id="matrix">
        {t('matrix')}
      </Title>
      {/* biome-ignore lint/a11y: a box that scrolls must be reached by the keyboard */}
      <div className={classes.box} role="group" aria-label={t('matrix')} tabIndex={0}>
        <table className={classes.heads}>
          <thead>
            <tr>
              <th scope="col">{t('runs:version')}</th>
              {models.map((model) => (
                <th key={model} scope="col" className="mono">
                  {model}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ version, cells }) => (
              <tr key={version}>
                <th scope="row">{version}</th>
                {cells.map((found, index) => (
                  <td key={models[index]}>
                    <Cell runs={found} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Stack>
  );
}

function Cell({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation('compare');
  if (runs.length === 0) return <span className="dim">{t('noRun')}</span>;
  return runs.map((run) => (
    <div key={run.id} className={classes.cell}>
      <RunLink run={run} /> <RateWithInterval {...run} />
      <div className="dim">
        {run.set}@{run.setVersion} · {t(`common:split.${run.split}`)}
      </div>
    </div>
  ));
}
