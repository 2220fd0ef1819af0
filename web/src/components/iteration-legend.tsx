import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './iteration-chart.module.css';
import { lookOf, type Sign } from './iteration-look.ts';

type Split = 'dev' | 'holdout';
type Model = { model: string; standIn: boolean };
type Props = {
  models: readonly Model[];
  splits: readonly Split[];
  /** Name of the trained classifier's line, where there is one. */
  baseline: string | null;
  hidden: ReadonlySet<string>;
  onToggle: (name: string) => void;
};

const SIGNS: Record<Sign, string> = {
  circle: 'M 13 8 m -4.5 0 a 4.5 4.5 0 1 0 9 0 a 4.5 4.5 0 1 0 -9 0',
  triangle: 'M 13 3 L 18 12 L 8 12 Z',
  rect: 'M 9 4 H 17 V 12 H 9 Z',
  rectRot: 'M 13 2.5 L 18.5 8 L 13 13.5 L 7.5 8 Z',
};

/** More models than this are listed on demand. */
const MODELS_LISTED = 6;

/** What the signs mean, and switches that take series out of the drawing. */
export function IterationLegend({ models, splits, baseline, hidden, onToggle }: Props) {
  const { t } = useTranslation('runs');
  const [all, setAll] = useState(false);
  const more = models.length - MODELS_LISTED;
  // One more would take no more room than the button does.
  const listed = all || more <= 1 ? models : models.slice(0, MODELS_LISTED);
  return (
    <fieldset className={classes.legend} aria-label={t('chart.legend')} style={{ border: 0, margin: 0, padding: 0 }}>
      {splits.map((split) => (
        <Toggle key={split} name={split} hidden={hidden} onToggle={onToggle}>
          <Swatch split={split} />
          {t(`common:split.${split}`)}
        </Toggle>
      ))}
      {listed.map(({ model, standIn }, look) => (
        <Toggle key={model} name={model} hidden={hidden} onToggle={onToggle}>
          <Swatch look={look} split="dev" />
          {model}
          {standIn && ` · ${t('common:standIn.label')}`}
        </Toggle>
      ))}
      {more > 1 && (
        <button type="button" className={classes.toggle} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('chart.fewerModels') : t('chart.moreModels', { count: more })}
        </button>
      )}
      {baseline !== null && (
        <Toggle name={baseline} hidden={hidden} onToggle={onToggle}>
          <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
            <path d="M 0 8 H 26" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2 3" />
          </svg>
          {t('chart.classifier')}
        </Toggle>
      )}
    </fieldset>
  );
}

function Toggle({
  name,
  hidden,
  onToggle,
  children,
}: Pick<Props, 'hidden' | 'onToggle'> & { name: string; children: React.ReactNode }) {
  return (
    <button type="button" className={classes.toggle} aria-pressed={!hidden.has(name)} onClick={() => onToggle(name)}>
      {children}
    </button>
  );
}

/** A piece of a line with its sign; without a look it stands for every model. */
export function Swatch({ look, split }: { look?: number; split: Split }) {
  const scheme = useComputedColorScheme('light');
  const { colour, sign, fill, dash } = lookOf({ look: look ?? 0, split }, scheme);
  const stroke = look === undefined ? 'currentColor' : colour;
  return (
    <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
      <path d="M 0 8 H 26" stroke={stroke} strokeWidth="1.5" strokeDasharray={dash.join(' ')} />
      <path
        d={SIGNS[sign]}
        stroke={stroke}
        strokeWidth="1.5"
        fill={look === undefined && split === 'dev' ? 'currentColor' : fill}
      />
    </svg>
  );
}
