import { Autocomplete, type AutocompleteProps, type OptionsFilter } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/query.ts';
import { byConnection, ModelOption } from './model-select.tsx';

type Props = { project: string; value: string; onChange: (reference: string) => void } & Pick<
  AutocompleteProps,
  'label' | 'description' | 'error'
>;

const all: OptionsFilter = ({ options }) => options;

/** A model that makes embeddings: one that a connection names as such, or any other, as servers don't say what their models are for. */
export function EmbeddingModelField({ project, value, ...rest }: Props) {
  const { t } = useTranslation();
  const models = useApi('GET /api/models', { query: { project, purpose: 'embeddings' } }).data?.models ?? [];
  const find = (wanted: string) => models.find(({ reference }) => reference === wanted);
  return (
    <Autocomplete
      placeholder={t('model.embeddingPlaceholder')}
      maxDropdownHeight={320}
      data={byConnection(models)}
      value={value}
      // Whoever opens the list after a choice looks for another one.
      {...(find(value) !== undefined && { filter: all })}
      renderOption={({ option }) => <ModelOption model={find(option.value)} />}
      {...rest}
    />
  );
}
