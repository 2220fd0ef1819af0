import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AddRow, RemoveRow, useRowFocus } from '../../components/row-list.tsx';
import { withRow } from '../../components/with-row.ts';
import classes from './scope.module.css';
import type { ExampleDraft } from './scope-draft.ts';

const MOST = 20;

type Props = { examples: readonly ExampleDraft[]; onChange: (examples: ExampleDraft[]) => void };

/** Pairs of what goes in and what should come out. */
export function ExampleFields({ examples, onChange }: Props) {
  const { t } = useTranslation('scope');
  const focus = useRowFocus();
  const add = () => {
    const rows = withRow(examples, { input: '', output: '' });
    onChange(rows);
    focus.onAdded(rows);
  };
  const remove = (gone: number) => {
    onChange(examples.filter(({ id }) => id !== gone));
    focus.onRemoved();
  };
  return (
    <div className={classes.rows}>
      {examples.map((example, index) => (
        <fieldset key={example.id} aria-label={t('example.number', { number: index + 1 })} className={classes.example}>
          {(['input', 'output'] as const).map((part) => (
            <Textarea
              key={part}
              label={t(`example.${part}`)}
              autoFocus={part === 'input' && focus.isNew(example.id)}
              autosize
              minRows={2}
              maxRows={10}
              maxLength={5000}
              value={example[part]}
              onChange={({ currentTarget: { value } }) =>
                onChange(examples.map((one) => (one.id === example.id ? { ...one, [part]: value } : one)))
              }
            />
          ))}
          <RemoveRow label={t('example.remove', { number: index + 1 })} onClick={() => remove(example.id)} />
        </fieldset>
      ))}
      <AddRow ref={focus.add} disabled={examples.length >= MOST} onClick={add}>
        {t('example.add')}
      </AddRow>
    </div>
  );
}
