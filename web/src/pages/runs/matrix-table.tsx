import { Group, VisuallyHidden } from '@mantine/core';
import { GitCompareArrows, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { ModelName } from '../../components/model-name.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import classes from './matrix.module.css';
import {
  bestOf,
  comparable,
  type MatrixCell,
  type MatrixData,
  type Measured,
  type Scope,
  type Tone,
  toneOf,
  usualScorers,
} from './matrix-reading.ts';
import { RunLink, VersionLink } from './run-links.tsx';

type Props = { project: string; matrix: MatrixData; scope: Scope };

/** A version a row, a model a column; on a phone a version a block, its models below one another. */
export function MatrixTable({ project, matrix, scope }: Props) {
  const { t } = useTranslation('matrix');
  const { models, rows, target, cases } = matrix;
  const [best, usual] = [bestOf(rows), usualScorers(rows)];
  const startable = scope.setVersion === matrix.newestSetVersion;
  return (
    // biome-ignore lint/a11y: a box that scrolls must be reached by the keyboard
    <div className={classes.box} role="group" aria-label={t('table')} tabIndex={0}>
      <table className={classes.table} aria-label={t('table')}>
        <thead>
          <tr>
            <th scope="col">{t('runs:version')}</th>
            {models.map(({ model, standIn }, column) => (
              <th key={model} scope="col">
                <ModelName model={model} standIn={standIn} stacked />
                <CompareLink
                  project={project}
                  scope={scope}
                  label={t('compareColumn', { model })}
                  runs={comparable(rows.map(({ cells }) => cells[column]))}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ prompt, version, cells }) => (
            <tr key={`${prompt}@${version}`}>
              <th scope="row">
                <VersionLink run={{ project, prompt, version }} />
                <CompareLink
                  project={project}
                  scope={scope}
                  label={t('compareRow', { version: `${prompt}@${version}` })}
                  runs={comparable(cells)}
                />
              </th>
              {cells.map((cell, column) => {
                const model = models[column]?.model ?? '';
                const tone = cell.newest === null ? undefined : toneOf(cell.newest, target, best);
                return (
                  <td key={model} data-tone={tone} data-model={model}>
                    {cell.newest !== null && tone !== undefined && (
                      <Filled
                        project={project}
                        target={target}
                        tone={tone}
                        cases={cases}
                        usual={usual}
                        measured={cell.newest}
                      />
                    )}
                    <Rest
                      project={project}
                      cell={cell}
                      scope={scope}
                      prompt={prompt}
                      version={version}
                      model={model}
                      startable={startable}
                      name={`${prompt}@${version}`}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CompareProps = { project: string; scope: Scope; label: string; runs: readonly number[] };

function CompareLink({ project, scope: { split }, label, runs }: CompareProps) {
  if (runs.length < 2) return null;
  return (
    <ButtonLink
      to="/projects/$project/compare"
      params={{ project }}
      search={{ runs: runs.join(','), split: split === 'all' ? undefined : split }}
      size="compact-xs"
      variant="subtle"
      px={4}
      aria-label={label}
      title={label}
    >
      <GitCompareArrows size={14} aria-hidden />
    </ButtonLink>
  );
}

const signs: Partial<Record<Tone, string>> = { above: '▲', below: '▼', worse: '▼' };

type FilledProps = {
  project: string;
  measured: Measured;
  tone: Tone;
  target: number | null;
  cases: number;
  usual: string | undefined;
};

/** The newest run, what its interval says, and what about it is not like the others. */
function Filled({ project, measured, tone, target, cases, usual }: FilledProps) {
  const { t } = useTranslation('matrix');
  const { run, n, errors, interval, passRate } = measured;
  const scorers = measured.scorers.join(', ');
  return (
    <>
      <Group gap={6} wrap="nowrap" align="baseline">
        {signs[tone] !== undefined && (
          <span className={classes.sign} aria-hidden>
            {signs[tone]}
          </span>
        )}
        <span>
          <RunLink run={{ id: run, project }} /> <RateWithInterval {...measured} />
        </span>
      </Group>
      {tone !== 'open' && <VisuallyHidden>{t(`tone.${tone}`)}</VisuallyHidden>}
      <Bar interval={interval} passRate={passRate} target={target} />
      {n !== cases && <div className={classes.differs}>{t('ofCases', { n, cases })}</div>}
      {errors > 0 && <div className={classes.differs}>{t('errors', { count: errors })}</div>}
      {usual !== undefined && scorers !== usual && (
        <div className={classes.differs}>{t('otherScorers', { scorers })}</div>
      )}
    </>
  );
}

const percent = (share: number) => `${share * 100}%`;

/** The interval from 0 to 100%, with the rate in it and the target across. */
function Bar({
  interval: [lo, hi],
  passRate,
  target,
}: Pick<Measured, 'interval' | 'passRate'> & Pick<MatrixData, 'target'>) {
  return (
    <div className={classes.bar} aria-hidden>
      <span className={classes.range} style={{ left: percent(lo), width: percent(hi - lo) }} />
      <span className={classes.point} style={{ left: percent(passRate) }} />
      {target !== null && <span className={classes.target} style={{ left: percent(target) }} />}
    </div>
  );
}

type RestProps = {
  project: string;
  cell: MatrixCell;
  scope: Scope;
  prompt: string;
  version: number;
  model: string;
  name: string;
  startable: boolean;
};

/** What is under way, what there is on another version of the set, and the way to fill an empty place. */
function Rest({ project, cell, scope, prompt, version, model, name, startable }: RestProps) {
  const { t } = useTranslation('matrix');
  const { newest, underWay, elsewhere } = cell;
  return (
    <>
      {underWay !== null && (
        <AnchorLink to="/projects/$project/runs/$run" params={{ project, run: String(underWay) }} size="sm">
          {t('underWay', { run: underWay })}
        </AnchorLink>
      )}
      {elsewhere !== null && (
        <div className="dim">
          {t('elsewhere', { version: elsewhere.setVersion })} <RunLink run={{ id: elsewhere.run, project }} />
        </div>
      )}
      {newest === null && underWay === null && startable && (
        <ButtonLink
          to="/projects/$project/runs/new"
          params={{ project }}
          search={{ prompt, version, set: scope.set, model, split: scope.split }}
          size="compact-xs"
          variant="default"
          leftSection={<Play size={12} aria-hidden />}
          aria-label={t('runThis', { version: name, model })}
        >
          {t('run')}
        </ButtonLink>
      )}
      {newest === null && underWay === null && !startable && elsewhere === null && (
        <span className="dim">{t('noRun')}</span>
      )}
    </>
  );
}
