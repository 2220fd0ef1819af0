import { Autocomplete, NumberInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AddRow, RemoveRow, useRowFocus } from '../../components/row-list.tsx';
import { withRow } from '../../components/with-row.ts';
import { HoldoutNote } from './holdout-note.tsx';
import { scaled } from './scaled.ts';
import classes from './scope.module.css';
import type { MinimumDraft } from './scope-draft.ts';
import { type SetHoldout, sizesOfTag, tagsOf } from './use-holdout-sizes.ts';

const MOST = 20;

type Props = {
  minimums: readonly MinimumDraft[];
  /** Undefined while it is not known what the sets hold. */
  sets: readonly SetHoldout[] | undefined;
  /** Why the list can't be saved as it stands. */
  problem: string | null;
  onChange: (minimums: MinimumDraft[]) => void;
};

/** Shares of the holdout cases with a tag that must pass; the tags of the project's sets are offered. */
export function MinimumFields({ minimums, sets, problem, onChange }: Props) {
  const { t } = useTranslation('scope');
  const change = (id: number, part: Partial<MinimumDraft>) =>
    onChange(minimums.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const tags = tagsOf(sets ?? []);
  const focus = useRowFocus();
  const add = () => {
    const rows = withRow(minimums, { tag: '', passRate: null });
    onChange(rows);
    focus.onAdded(rows);
  };
  const remove = (gone: number) => {
    onChange(minimums.filter(({ id }) => id !== gone));
    focus.onRemoved();
  };
  return (
    <fieldset className={classes.rows}>
      <legend>{t('minimum.title')}</legend>
      <Text size="xs" c="dimmed">
        {t('minimum.help')}
      </Text>
      {minimums.map(({ id, tag, passRate }, index) => (
        <div key={id}>
          <div className={classes.minimum}>
            <Autocomplete
              label={t('minimum.tag')}
              autoFocus={focus.isNew(id)}
              maxLength={80}
              data={tags.map((one) => one.tag)}
              renderOption={({ option }) => (
                <TagOption tag={option.value} cases={tags.find((one) => one.tag === option.value)} />
              )}
              value={tag}
              onChange={(value) => change(id, { tag: value })}
            />
            <NumberInput
              label={t('minimum.rate')}
              suffix="%"
              min={0}
              max={100}
              decimalScale={1}
              value={passRate === null ? '' : scaled(passRate, 100)}
              onChange={(value) => change(id, { passRate: value === '' ? null : scaled(Number(value), 0.01) })}
            />
            <RemoveRow label={t('minimum.remove', { number: index + 1 })} onClick={() => remove(id)} />
          </div>
          {sets !== undefined && tag.trim() !== '' && (
            <HoldoutNote sizes={sizesOfTag(sets, tag.trim())} target={passRate} tag />
          )}
        </div>
      ))}
      {problem !== null && (
        <Text size="sm" c="var(--w-fail)" role="alert">
          {problem}
        </Text>
      )}
      <AddRow ref={focus.add} disabled={minimums.length >= MOST} onClick={add}>
        {t('minimum.add')}
      </AddRow>
    </fieldset>
  );
}

function TagOption({ tag, cases }: { tag: string; cases: { cases: number; holdout: number } | undefined }) {
  const { t } = useTranslation('scope');
  return (
    <span className={classes.option}>
      <span className="mono">{tag}</span>
      {cases && <span className="dim">{t('minimum.cases', { count: cases.cases, holdout: cases.holdout })}</span>}
    </span>
  );
}
