import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AddDialog } from '../../components/add-dialog.tsx';

const fields = [
  { name: 'name', required: true, maxLength: 80 },
  { name: 'baseUrl', required: true, type: 'url', pattern: 'https?://.+', placeholder: 'http://127.0.0.1:8000/v1' },
  { name: 'keyVariable', pattern: '[A-Z][A-Z0-9_]*', placeholder: 'LAB_API_KEY' },
] as const;

/** Adds a server that speaks the OpenAI protocol. The key itself is never typed here: it lives in the environment. */
export function AddConnection() {
  const { t } = useTranslation('settings');
  const add = useApiMutation('POST /api/connections');
  return (
    <AddDialog
      title={t('add.title')}
      action={t('add.action')}
      fields={fields.map((field) => ({
        ...field,
        label: t(`add.${field.name}.label`),
        description: t(`add.${field.name}.help`),
      }))}
      onAdd={(typed, onSuccess) => {
        const body = { name: typed('name'), baseUrl: typed('baseUrl'), keyVariable: typed('keyVariable') || null };
        add.mutate({ body }, { onSuccess });
      }}
      pending={add.isPending}
      error={add.error}
    />
  );
}
