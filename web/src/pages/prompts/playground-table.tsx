import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import { StandInBadge } from '../../components/stand-in-badge.tsx';
import { KeepCase } from './keep-case.tsx';
import classes from './playground.module.css';
import { PlaygroundCell } from './playground-cell.tsx';
import { cellKey, type PlaygroundColumn, type PlaygroundInput } from './playground-plan.ts';
import { labelsOf, proposedAnswer } from './proposed-answer.ts';
import { ShownValue } from './shown-value.tsx';
import { shownValue } from './subject.ts';
import type { Cell } from './use-cells.ts';
import { useStandIns } from './use-stand-ins.ts';

type Props = {
  project: string;
  inputs: readonly PlaygroundInput[];
  columns: readonly PlaygroundColumn[];
  cells: ReadonlyMap<string, Cell>;
  sets: React.ComponentProps<typeof KeepCase>['sets'];
};

/** Inputs down, versions and models across. */
export function PlaygroundTable({ project, inputs, columns, cells, sets }: Props) {
  const { t } = useTranslation('prompts');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label={t('playground.answers')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('playground.input')}</th>
            {columns.map((column) => (
              <Head
                key={`${column.reference} ${column.model}`}
                project={project}
                column={column}
                cells={inputs.map((input) => cells.get(cellKey(input, column)))}
                set={inputs[0]?.held?.set}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {inputs.map((input) => (
            <tr key={input.key}>
              <th scope="row" className={classes.input}>
                <InputText input={input} />
              </th>
              {columns.map((column) => {
                const key = cellKey(input, column);
                const cell = cells.get(key);
                return (
                  <td key={key}>
                    <PlaygroundCell cell={cell} />
                    {cell?.state === 'done' && (
                      <KeepCase
                        project={project}
                        sets={sets}
                        input={input}
                        proposed={proposedAnswer(cell, labelsOf(column.version.content))}
                        labels={labelsOf(column.version.content)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function InputText({ input: { key, held, variables } }: { input: PlaygroundInput }) {
  const { t } = useTranslation('prompts');
  return (
    <>
      {held !== null && <span className={`mono dim ${classes.key}`}>{key}</span>}
      {Object.entries(variables).map(([name, value]) => (
        <div key={name} className={`verbatim ${classes.text}`}>
          <ShownValue value={value} />
        </div>
      ))}
      {held !== null && held.expected !== null && (
        <div>
          <span className="dim">{t('subject.expected')}</span> {shownValue(held.expected)}
        </div>
      )}
    </>
  );
}

type HeadProps = {
  project: string;
  column: PlaygroundColumn;
  cells: readonly (Cell | undefined)[];
  set: string | undefined;
};

function Head({ project, column: { prompt, reference, model, version }, cells, set }: HeadProps) {
  const { t } = useTranslation('prompts');
  const isStandIn = useStandIns(project);
  const judged = cells.flatMap((cell) => cell?.judged ?? []);
  const passed = judged.filter(({ outcome }) => outcome === 'passed').length;
  return (
    <th scope="col">
      <AnchorLink
        to="/projects/$project/prompts/$prompt"
        params={{ project, prompt }}
        search={{ version: version.number }}
        inherit
      >
        {reference}
      </AnchorLink>
      <div className="mono dim">
        {model} {isStandIn(model) && <StandInBadge />}
      </div>
      {judged.length > 0 && <div>{t('playground.passed', { passed, count: judged.length })}</div>}
      <AnchorLink
        to="/projects/$project/runs/new"
        params={{ project }}
        search={{ prompt, version: version.number, model, set, split: 'dev' }}
        size="xs"
      >
        {t('playground.run')}
      </AnchorLink>
    </th>
  );
}
