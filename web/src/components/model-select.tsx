import { Group, Select, type SelectProps, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { useApi } from '../api/query.ts';
import { useErrorText } from './error-text.ts';
import { formatMoney } from './format.ts';

type Model = Answer<'GET /api/models'>['models'][number];
type Props = { project: string; value: string | null; onChange: (reference: string) => void } & Pick<
  SelectProps,
  'label' | 'description' | 'disabled' | 'required' | 'size'
>;

/** Choice of a model that answers now; one that the project's scope does not allow is shown with the reason. */
export function ModelSelect({ project, value, onChange, ...rest }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const query = useApi('GET /api/models', { query: { project } });
  const models = query.data?.models ?? [];
  return (
    <Select
      label={t('model.label')}
      placeholder={query.isPending ? t('loading') : t('model.placeholder')}
      nothingFoundMessage={t('model.none')}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      data={byConnection(models)}
      value={value}
      onChange={(reference) => reference !== null && onChange(reference)}
      renderOption={({ option }) => <ModelOption model={models.find(({ reference }) => reference === option.value)} />}
      error={query.error === null ? undefined : errorText(query.error)}
      {...rest}
    />
  );
}

/** Choices in groups of their connections. */
export const byConnection = (models: readonly Model[]) =>
  [...new Set(models.map(({ connection }) => connection))].map((connection) => ({
    group: connection,
    items: models
      .filter((model) => model.connection === connection)
      .map(({ reference, allowed }) => ({ value: reference, label: reference, disabled: !allowed })),
  }));

export function ModelOption({ model }: { model: Model | undefined }) {
  const { t } = useTranslation();
  if (model === undefined) return null;
  const price =
    model.price === null
      ? t('model.noPrice')
      : t('model.price', { input: formatMoney(model.price.input), output: formatMoney(model.price.output) });
  const remark = model.allowed ? [t(`destination.${model.destination}`), price].join(' · ') : t('model.notAllowed');
  return (
    <Group gap={6} wrap="wrap">
      <span>{model.name}</span>
      {model.standIn && <Text size="xs">({t('standIn.label')})</Text>}
      <Text size="xs" c="dimmed" w="100%">
        {model.standIn ? t('destination.in_process') : remark}
      </Text>
    </Group>
  );
}
