import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AddDialog } from '../../components/add-dialog.tsx';

const fields = [
  { name: 'path', required: true, placeholder: '/models/my-model.Q4_K_M.gguf' },
  { name: 'name', maxLength: 80, placeholder: 'my-model' },
] as const;

/** Adds a model whose file lies on this machine already; the file stays where it is. */
export function AddFile() {
  const { t } = useTranslation('models');
  const add = useApiMutation('POST /api/local-models');
  return (
    <AddDialog
      title={t('add.title')}
      action={t('add.action')}
      variant="default"
      fields={fields.map((field) => ({
        ...field,
        label: t(`add.${field.name}.label`),
        description: t(`add.${field.name}.help`),
      }))}
      onAdd={(typed, onSuccess) =>
        add.mutate({ body: { path: typed('path').trim(), name: typed('name').trim() || undefined } }, { onSuccess })
      }
      pending={add.isPending}
      error={add.error}
    />
  );
}
