import { ActionIcon, Button, Textarea } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './scope.module.css';
import { type ExampleDraft, withRow } from './scope-draft.ts';

const MOST = 20;

type Props = { examples: readonly ExampleDraft[]; onChange: (examples: ExampleDraft[]) => void };

/** Pairs of what goes in and what should come out. */
export function ExampleFields({ examples, onChange }: Props) {
  const { t } = useTranslation('scope');
  return (
    <div className={classes.rows}>
      {examples.map((example, index) => (
        <fieldset key={example.id} aria-label={t('example.number', { number: index + 1 })} className={classes.example}>
          {(['input', 'output'] as const).map((part) => (
            <Textarea
              key={part}
              label={t(`example.${part}`)}
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
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('example.remove', { number: index + 1 })}
            title={t('example.remove', { number: index + 1 })}
            onClick={() => onChange(examples.filter(({ id }) => id !== example.id))}
          >
            <X size={16} />
          </ActionIcon>
        </fieldset>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={examples.length >= MOST}
          onClick={() => onChange(withRow(examples, { input: '', output: '' }))}
        >
          {t('example.add')}
        </Button>
      </div>
    </div>
  );
}
