import { SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { NumberField } from '../../components/number-field.tsx';
import { PriceForm } from './price-form.tsx';
import type { ListedPrice } from './prices.tsx';

const figures = ['input', 'cachedInput', 'output'] as const;
type Typed = Record<(typeof figures)[number], string | number>;

/** Sets the own price of a model, or takes it back; `listed` null for a model that is not listed yet. */
export function PriceDialog({ listed, onClose }: { listed: ListedPrice | null; onClose: () => void }) {
  const { t } = useTranslation('prices');
  const before = listed?.own?.price ?? listed?.shipped ?? null;
  const [model, setModel] = useState(listed?.model ?? '');
  const [typed, setTyped] = useState<Typed>({
    input: before?.input ?? '',
    cachedInput: before?.cachedInput ?? '',
    output: before?.output ?? '',
  });
  const save = useApiMutation('PUT /api/prices');
  return (
    <PriceForm
      title={listed === null ? t('add') : t('form.title', { subject: listed.model })}
      kind="price"
      subject={listed?.model ?? null}
      own={listed?.own ?? null}
      onClose={onClose}
      save={save}
      onSave={(said) => {
        const { input, cachedInput, output } = typed;
        const price = {
          input: Number(input),
          cachedInput: cachedInput === '' ? null : Number(cachedInput),
          output: Number(output),
        };
        save.mutate({ body: { model: model.trim(), ...price, ...said } }, { onSuccess: onClose });
      }}
    >
      {listed === null && (
        <TextInput
          label={t('form.model')}
          description={t('form.modelHelp')}
          placeholder="openai/gpt-5-mini"
          value={model}
          onChange={(event) => setModel(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
        {figures.map((figure, index) => (
          <NumberField
            key={figure}
            label={t(`form.${figure}`)}
            description={figure === 'cachedInput' ? t('form.cachedHelp') : t('form.perMillion')}
            value={typed[figure]}
            onChange={(value) => setTyped({ ...typed, [figure]: value })}
            required={figure !== 'cachedInput'}
            min={0}
            max={1_000_000}
            decimalScale={6}
            prefix="$"
            hideControls
            data-autofocus={(listed !== null && index === 0) || undefined}
          />
        ))}
      </SimpleGrid>
    </PriceForm>
  );
}
